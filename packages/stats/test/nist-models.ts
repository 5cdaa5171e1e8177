import type { LeastSquaresProblem } from '../src/regression/levenberg-marquardt.ts';

/** A model of NIST's nonlinear regression sets: y at x, and its derivatives by the parameters. */
export interface NonlinearModel {
  readonly y: (b: readonly number[], x: number) => number;
  readonly slopes: (b: readonly number[], x: number) => number[];
}

const exponentialRise: NonlinearModel = {
  y: ([b1 = 0, b2 = 0], x) => -b1 * Math.expm1(-b2 * x),
  slopes: ([b1 = 0, b2 = 0], x) => [-Math.expm1(-b2 * x), b1 * x * Math.exp(-b2 * x)],
};

const cubicOverCubic: NonlinearModel = {
  y(b, x) {
    const [b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0, b7 = 0] = b;
    return (b1 + x * (b2 + x * (b3 + x * b4))) / (1 + x * (b5 + x * (b6 + x * b7)));
  },
  slopes(b, x) {
    const [, , , , b5 = 0, b6 = 0, b7 = 0] = b;
    const below = 1 + x * (b5 + x * (b6 + x * b7));
    const y = cubicOverCubic.y(b, x);
    return [1, x, x * x, x ** 3, -y * x, -y * x * x, -y * x ** 3].map((slope) => slope / below);
  },
};

/** By data set. */
export const nonlinearModels: Readonly<Record<string, NonlinearModel>> = {
  Misra1a: exponentialRise,
  BoxBOD: exponentialRise,
  Hahn1: cubicOverCubic,
  Thurber: cubicOverCubic,
  Chwirut2: {
    y: ([b1 = 0, b2 = 0, b3 = 0], x) => Math.exp(-b1 * x) / (b2 + b3 * x),
    slopes([b1 = 0, b2 = 0, b3 = 0], x) {
      const below = b2 + b3 * x;
      const y = Math.exp(-b1 * x) / below;
      return [-x * y, -y / below, (-y * x) / below];
    },
  },
  Lanczos3: {
    y: ([b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0], x) =>
      b1 * Math.exp(-b2 * x) + b3 * Math.exp(-b4 * x) + b5 * Math.exp(-b6 * x),
    slopes: ([b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0], x) =>
      [
        [b1, b2],
        [b3, b4],
        [b5, b6],
      ].flatMap(([size = 0, rate = 0]) => [Math.exp(-rate * x), -size * x * Math.exp(-rate * x)]),
  },
  MGH09: {
    y: ([b1 = 0, b2 = 0, b3 = 0, b4 = 0], x) => (b1 * x * (x + b2)) / (x * (x + b3) + b4),
    slopes([b1 = 0, b2 = 0, b3 = 0, b4 = 0], x) {
      const below = x * (x + b3) + b4;
      const y = (b1 * x * (x + b2)) / below;
      return [(x * (x + b2)) / below, (b1 * x) / below, (-y * x) / below, -y / below];
    },
  },
  MGH10: {
    y: ([b1 = 0, b2 = 0, b3 = 0], x) => b1 * Math.exp(b2 / (x + b3)),
    slopes([b1 = 0, b2 = 0, b3 = 0], x) {
      const rise = Math.exp(b2 / (x + b3));
      return [rise, (b1 * rise) / (x + b3), (-b1 * rise * b2) / (x + b3) ** 2];
    },
  },
  Rat43: {
    y: ([b1 = 0, b2 = 0, b3 = 0, b4 = 0], x) => b1 * (1 + Math.exp(b2 - b3 * x)) ** (-1 / b4),
    slopes([b1 = 0, b2 = 0, b3 = 0, b4 = 0], x) {
      const growth = Math.exp(b2 - b3 * x);
      const power = (1 + growth) ** (-1 / b4);
      const inner = (-b1 * power * growth) / (b4 * (1 + growth));
      return [power, inner, -inner * x, (b1 * power * Math.log1p(growth)) / (b4 * b4)];
    },
  },
  Eckerle4: {
    // A width of the other sign, with the height's turned as well, would be the same curve.
    y: ([b1 = 0, b2 = 0, b3 = 0], x) =>
      b2 > 0 ? (b1 / b2) * Math.exp(-0.5 * ((x - b3) / b2) ** 2) : Number.NaN,
    slopes([b1 = 0, b2 = 0, b3 = 0], x) {
      const z = (x - b3) / b2;
      const y = (b1 / b2) * Math.exp(-0.5 * z * z);
      return [y / b1, (y * (z * z - 1)) / b2, (y * z) / b2];
    },
  },
};

/** Least squares of a model over rows of y and x, as NIST's files have them. */
export function nonlinearProblem(
  model: NonlinearModel,
  rows: readonly (readonly number[])[],
): LeastSquaresProblem {
  return {
    rows: rows.length,
    magnitude: Math.hypot(...rows.map(([y = 0]) => y)),
    residuals(b, out) {
      for (const [i, [y = 0, x = 0]] of rows.entries()) out[i] = model.y(b, x) - y;
      return out.every(Number.isFinite);
    },
    jacobian(b, columns) {
      for (const [i, [, x = 0]] of rows.entries()) {
        for (const [k, slope] of model.slopes(b, x).entries()) (columns[k] as Float64Array)[i] = slope;
      }
    },
  };
}
