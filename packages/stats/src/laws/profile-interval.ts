import { refitReciprocal } from './fit-reciprocal.ts';
import { FURTHER_STARTS_LEVELS_MAX, type LawFit, type ParameterName, parameterEstimate } from './law-fit.ts';
import { levelMean } from './levels.ts';
import { type ReciprocalModel, withAlpha, withBeta, withGamma } from './reciprocal-model.ts';

/** Outward doublings of the first step, one standard error, before a limit counts as unbounded. */
const DOUBLINGS_MAX = 40;
const ROOT_STEPS_MAX = 200;
/** Width of the final bracket, relative to the distance of the limit from the estimate. */
const ROOT_TOLERANCE = 1e-9;
/** With noise below this share the profile is a parabola to all digits, and the squares are rounding. */
const PARABOLIC_BELOW = 1e-10;

/** A number that a fit determines, and how to fit the others while that number is held. */
export interface Profiled {
  readonly estimate: number;
  readonly stderr: number;
  /** The law with the number held at a value. */
  hold(value: number): ReciprocalModel;
  /** The other coefficients of that law where the number has its estimate. */
  readonly free: readonly number[];
  /** Whether it cannot pass zero. */
  readonly isOneSided?: boolean;
}

/**
 * The 95 % profile-t interval: all θ with (RSS(θ) − RSS)/s² ≤ t², where RSS(θ) is minimised over the other parameters.
 * A limit that the profile does not reach is null. Source: Bates & Watts, Nonlinear Regression Analysis, 1988, section
 * 6.1.2.
 * @param t the quantile of Student's t.
 */
export function profileInterval(fit: LawFit, profiled: Profiled, t: number): [number | null, number | null] {
  const { estimate, stderr } = profiled;
  if (isParabolic(fit)) return [estimate - t * stderr, estimate + t * stderr];
  const [low = null, high = null] = [-1, 1].map((side) => profileLimit(fit, profiled, side * stderr, t));
  return [low, high];
}

/** A parameter of the law, with the standard error in the unit of its estimate. */
export function profiledParameter(fit: LawFit, name: ParameterName, stderr: number): Profiled {
  const [c0 = 0, c1 = 0, c2 = 0] = fit.coefficients;
  const free = { gamma: [c1, c2], alpha: [c0, c2], beta: [c0, c1] }[name];
  return {
    estimate: parameterEstimate(fit, name),
    stderr,
    hold: (value) => held(fit, name, value),
    free: free.slice(0, fit.coefficients.length - 1),
    // γ cannot pass zero, where N/X is infinite.
    isOneSided: name === 'gamma',
  };
}

/** Without noise to speak of, and for X = γN itself, where the squares are a parabola in γ and it may pass zero. */
function isParabolic({ law, rss, df, data }: LawFit): boolean {
  if (law === 'linear' && data.scale === 'linear') return true;
  const noise = Math.sqrt(rss / df);
  const level =
    data.scale === 'log'
      ? 1
      : data.levels.reduce((largest, level) => Math.max(largest, levelMean(level, data.scale)), 0);
  return noise < PARABOLIC_BELOW * level;
}

/** The model with one parameter held; γ is given in the unit of x. */
function held(fit: LawFit, name: ParameterName, value: number): ReciprocalModel {
  if (name === 'gamma') return withGamma(fit.law, value / fit.data.unit);
  return name === 'alpha' ? withAlpha(fit.law, value) : withBeta(value);
}

/** A step of one Wald half-width is cut into so many; a shorter one is short enough by itself when it has this share. */
const WALK_PARTS = 5;
/** Halvings of a part that leads nowhere. */
const WALK_STEPS_MAX = 100;

/** A minimum over the other parameters, with θ held. */
interface HeldMinimum {
  readonly theta: number;
  readonly parameters: readonly number[];
  readonly rss: number;
}

/**
 * Profile t at θ less the wanted t: negative inside the interval, +∞ where no fit exists. The squares can have several
 * minima, and a long step may end in a higher one; so a θ counts as outside only when shorter steps say so, too.
 */
function signedDistance(fit: LawFit, profiled: Profiled, halfWidth: number, t: number) {
  const target = t * Math.sqrt(fit.s2 ?? 0);
  let inside: HeldMinimum = { theta: profiled.estimate, parameters: profiled.free, rss: fit.rss };
  const partsMax = fit.data.levels.length > FURTHER_STARTS_LEVELS_MAX ? 1 : WALK_PARTS;
  const distanceOf = (at: HeldMinimum | null) =>
    at ? Math.sqrt(Math.max(0, at.rss - fit.rss)) - target : Number.POSITIVE_INFINITY;
  return (theta: number): number => {
    let at = minimumAt(fit, profiled, theta, inside);
    if (distanceOf(at) >= 0) {
      const parts = Math.min(partsMax, Math.ceil((WALK_PARTS * Math.abs(theta - inside.theta)) / halfWidth));
      const walked = parts > 1 || !at ? walk(fit, profiled, theta, inside, parts) : null;
      if (distanceOf(walked) < distanceOf(at)) at = walked;
    }
    const distance = distanceOf(at);
    if (at && distance < 0) inside = at;
    return distance;
  };
}

function minimumAt(fit: LawFit, profiled: Profiled, theta: number, from: HeldMinimum): HeldMinimum | null {
  const at = refitReciprocal(profiled.hold(theta), fit.data, from.parameters);
  return at && { theta, parameters: at.parameters, rss: at.rss + fit.data.pureError };
}

/** The allowed region is open: from a minimum inside it, a step that is small enough stays inside and near. */
function walk(
  fit: LawFit,
  profiled: Profiled,
  theta: number,
  from: HeldMinimum,
  parts: number,
): HeldMinimum | null {
  let at = from;
  let step = (theta - from.theta) / parts;
  for (let i = 0; i < WALK_STEPS_MAX && at.theta !== theta; i++) {
    const isLast = Math.abs(theta - at.theta) <= Math.abs(step) * 1.001;
    const next = minimumAt(fit, profiled, isLast ? theta : at.theta + step, at);
    if (next) at = next;
    else step /= 2;
  }
  return at.theta === theta ? at : null;
}

function profileLimit(fit: LawFit, profiled: Profiled, firstStep: number, t: number): number | null {
  const { estimate } = profiled;
  const distance = signedDistance(fit, profiled, Math.abs(firstStep) * t, t);
  // Towards zero the steps halve what is left.
  const towardsZero = profiled.isOneSided && firstStep * estimate < 0;
  let inside = estimate;
  let insideValue = -t * Math.sqrt(fit.s2 ?? 0);
  for (let k = 0; k < DOUBLINGS_MAX; k++) {
    let next = estimate + firstStep * t * 2 ** k;
    if (towardsZero && next * estimate <= 0) next = inside / 2;
    const value = distance(next);
    if (value >= 0) return root(distance, inside, insideValue, next, value, estimate);
    [inside, insideValue] = [next, value];
  }
  return null;
}

/** Regula falsi with the Illinois weighting, and bisection while the outer value is infinite. */
function root(
  f: (theta: number) => number,
  from: number,
  fromValue: number,
  to: number,
  toValue: number,
  estimate: number,
): number {
  let [low, lowValue, high, highValue] = [from, fromValue, to, toValue];
  let lastSide = 0;
  for (let i = 0; i < ROOT_STEPS_MAX; i++) {
    const isBounded = Number.isFinite(highValue);
    const guess = isBounded ? (low * highValue - high * lowValue) / (highValue - lowValue) : (low + high) / 2;
    if (highValue === 0 || guess === low || guess === high) return guess;
    const value = f(guess);
    if (value < 0) {
      [low, lowValue] = [guess, value];
      if (lastSide === -1 && isBounded) highValue /= 2;
      lastSide = -1;
    } else {
      [high, highValue] = [guess, value];
      if (lastSide === 1) lowValue /= 2;
      lastSide = 1;
    }
    if (Math.abs(high - low) <= ROOT_TOLERANCE * Math.abs(high - estimate) || value === 0) return guess;
  }
  return (low + high) / 2;
}
