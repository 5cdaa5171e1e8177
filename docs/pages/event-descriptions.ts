import type { Event } from '@escala/model';

type FieldsOf<E extends Event> = Exclude<keyof E, 'type' | 'atUs'>;
/** Every event and every field of it: the compiler refuses a missing one and one too many. */
type Descriptions = {
  readonly [Type in Event['type']]: {
    readonly when: string;
    readonly fields: Readonly<Record<FieldsOf<Extract<Event, { type: Type }>>, string>>;
  };
};

const trial = { cell: "the cell's key", round: 'from 1' };
const block = {
  round: 'from 1',
  system: 'the implementation under study',
  replicas: 'servers',
  storage: 'where their ledgers lie, if the experiment varies it',
};
const planIndex = 'number of the trial in planned order, from 0';
const attempt = 'how often the trial was started, this time included';

export const eventDescriptions: Descriptions = {
  'run-started': {
    when: 'A run begins, or goes on after an interruption or a crash: then it comes again, with what is complete.',
    fields: {
      run: 'the id of the run',
      name: 'of the experiment',
      target: '`local`, `kind` or `kubernetes`',
      trials: 'planned in the whole study',
      rounds: 'of the experiment',
      completed: '`planIndex` of each trial that is complete on disk already',
    },
  },
  'block-started': {
    when: 'The servers of a block are about to be deployed.',
    fields: { ...block, trials: 'that are to run on them' },
  },
  waiting: {
    when: 'On a cluster: pods are not ready yet. It comes whenever that changes, before `block-ready`, and before a trial.',
    fields: {
      for: '`servers` or `agents`',
      ready: 'pods that are',
      count: 'pods that are wanted',
      reason: 'what the others do, in Kubernetes’ words, such as `ContainerCreating`',
    },
  },
  'block-ready': {
    when: 'They answer. It comes again where a failed trial made a new deployment necessary.',
    fields: {
      ...block,
      urls: 'where the clients find them',
      nodes: 'on a cluster: how many replicas each node carries',
      tookMs: 'from the deployment until they answered',
    },
  },
  'trial-prepared': {
    when: 'An attempt of a trial begins; written before anything is sent, so that its number is never used twice.',
    fields: { ...trial, planIndex, attempt },
  },
  'trial-started': {
    when: 'All load agents are ready and know the instant at which they start, which is a little ahead.',
    fields: {
      ...trial,
      planIndex,
      attempt,
      startAtUs: 'the agreed instant, µs since the Unix epoch',
      planned: 'requests',
    },
  },
  'trial-progress': {
    when: 'About once a second while the load runs. A trial that is shorter has none.',
    fields: {
      ...trial,
      elapsedMs: 'since the agreed instant',
      progress:
        'sums over the load agents since the start: `sent`, `answered`, `failed`, `active` (clients), and `latencyHistogram`: compressed HDR histograms (V2, base64, µs) of the answered requests, one for each agent, separated by spaces. Add them; quantiles cannot be averaged.',
    },
  },
  'trial-finished': {
    when: 'Both sides were collected and joined, and the trial is complete on disk.',
    fields: {
      ...trial,
      planIndex,
      tookMs: 'from its preparation, all included',
      counts: '`planned`, `requests`, `outcomes` and `ledger`, as in `cell.json`',
    },
  },
  'trial-judged': {
    when: 'Its rows were analysed. A run whose command line ended in between has none for it; `results.json` has all.',
    fields: {
      ...trial,
      verdict: '`VALID`, `SUSPECT` or `INVALID`',
      reasons: 'keys of the findings that lowered it; empty when VALID',
      throughput:
        'requests/s in the window with all clients active, else over the whole trial; null without answers',
      findings: 'each reason as `finding`, its key, and `values`, the numbers of its sentence',
      latencyUs:
        'summary of the answered requests, µs; null without any, and quantiles that n does not allow are null',
      statusCodes: 'how many answers had which HTTP status',
      replicas: '`name` and `requests` of each replica, from the ledgers',
    },
  },
  'trial-dropped': {
    when: 'An attempt failed and left nothing on disk. The trial is tried again, or counts as incomplete.',
    fields: { ...trial, reason: 'what went wrong, in each language' },
  },
  'block-ended': { when: 'Its servers are gone.', fields: block },
  'run-interrupted': {
    when: 'The run was asked to end, or had to (a full disk, a lost cluster). What was finished is on disk.',
    fields: { done: 'trials that are complete', trials: 'planned' },
  },
  'run-finished': {
    when: 'Nothing is left to run.',
    fields: {
      done: 'trials that are complete',
      trials: 'planned',
      failed: 'that could not be completed',
      tookMs: 'of this life of the run',
    },
  },
};
