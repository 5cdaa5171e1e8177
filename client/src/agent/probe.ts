import { type AgentPlan, type AgentProbe, systemClock } from '@escala/model';
import { timedOut } from '../http/failure.ts';
import { ReplicaNames } from '../http/replica-name.ts';
import { type ProbeEnd, Trial } from '../load/trial.ts';

/** Of an answer, for a person to see what it is. */
const BEGINNING_BYTES_MAX = 300;
/** A call of the protocol is short. */
const PROBE_MS_MAX = 8_000;

/** Sends the first request of a plan and tells what became of it. */
export async function probe(plan: AgentPlan): Promise<AgentProbe> {
  const trial = new Trial(plan, { client: undefined, warmup: undefined }, systemClock);
  const names = new ReplicaNames(plan.replicaFrom);
  const late = Promise.withResolvers<ProbeEnd>();
  const timer = setTimeout(
    () => late.resolve({ failure: timedOut }),
    Math.min(PROBE_MS_MAX, plan.timeoutUs / 1_000),
  );
  try {
    // An answer is read before anything else runs: its bytes last no longer.
    return await Promise.race(
      [trial.probe(), late.promise].map((end) => end.then((found) => told(found, names))),
    );
  } finally {
    clearTimeout(timer);
    trial.close();
  }
}

function told(end: ProbeEnd, names: ReplicaNames): AgentProbe {
  if ('failure' in end)
    return {
      request: '',
      status: null,
      isAnswered: false,
      beginning: '',
      replica: null,
      code: end.failure.code,
    };
  const { status, body, bodyFrom, bodyTo } = end.answer;
  const { name: request, isAnswered } = end.kind;
  return {
    request,
    status,
    isAnswered: isAnswered[status] === 1,
    beginning: body.toString('utf8', bodyFrom, Math.min(bodyTo, bodyFrom + BEGINNING_BYTES_MAX)),
    replica: names.of(end.answer, undefined)?.name ?? null,
    code: null,
  };
}
