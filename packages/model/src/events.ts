import type { AgentProgress } from './agent-protocol.ts';
import type { BlockName } from './experiment.ts';
import type { StatusCodes } from './failures.ts';
import type { Sentence } from './language.ts';
import type { AuditResult, LatencySummary } from './results.ts';
import type { TrialCounts, Verdict } from './run-folder.ts';

/**
 * What happened, in order: one JSON line each in events.ndjson. Terminal progress, dashboard and replay are
 * listeners of this stream; `--json` prints it. Names and fields are stable (`docs/reference/events.md`).
 */
export type Event =
  | At<
      'run-started',
      {
        run: string;
        name: string;
        target: string;
        trials: number;
        rounds: number;
        completed: readonly number[];
      }
    >
  | At<'block-started', BlockName & { trials: number }>
  /** Pods that the study waits for: `reason` says what the others do, in Kubernetes' words. */
  | At<'waiting', { for: 'servers' | 'agents'; ready: number; count: number; reason: string }>
  | At<
      'block-ready',
      BlockName & { urls: readonly string[]; tookMs: number; nodes?: Readonly<Record<string, number>> }
    >
  | At<'trial-prepared', TrialName & { planIndex: number; attempt: number }>
  | At<
      'trial-started',
      TrialName & { planIndex: number; attempt: number; startAtUs: number; planned: number }
    >
  | At<'trial-progress', TrialName & { elapsedMs: number; progress: AgentProgress }>
  | At<'trial-finished', TrialName & { planIndex: number; tookMs: number; counts: TrialCounts }>
  | At<
      'trial-judged',
      TrialName & {
        verdict: Verdict;
        /** Keys of `findings`; `findings` has them with their values, for whoever says the whole sentence. */
        reasons: readonly string[];
        throughput: number | null;
        findings: readonly Pick<AuditResult, 'finding' | 'values'>[];
        latencyUs?: LatencySummary | null;
        statusCodes?: StatusCodes;
        replicas?: readonly { readonly name: string; readonly requests: number }[];
      }
    >
  | At<'trial-dropped', TrialName & { reason: Sentence }>
  | At<'block-ended', BlockName>
  | At<'run-interrupted', { done: number; trials: number }>
  | At<'run-finished', { done: number; trials: number; failed: number; tookMs: number }>;

type At<Type extends string, Data> = { readonly type: Type; readonly atUs: number } & Readonly<Data>;
interface TrialName {
  cell: string;
  round: number;
}

export type EventListener = (event: Event) => void | Promise<void>;
