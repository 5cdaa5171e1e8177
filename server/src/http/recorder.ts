import type { Ledger, LedgerState, RowWaiter } from '../ledger/ledger.ts';
import { type ReceivedRequest, rowWithoutSequence } from '../ledger/row.ts';
import { type Metrics, observe } from '../metrics/metrics.ts';
import type { Service, ServiceWaiter } from '../service/service.ts';
import type { Refusal } from './refusals.ts';

/** Where the answer to a recorded request goes; exactly one of the two is called, once. */
export interface Reply {
  recorded(status: number, body: string): void;
  refused(refusal: Refusal): void;
}

/** What a request passes on its way to its row. */
export interface RecorderParts {
  readonly replica: string;
  readonly maxInflight: number;
  readonly service: Service;
  readonly ledger: Ledger;
  readonly metrics: Metrics;
  nowUs(): number;
}

/** Takes a request through the simulated service and the ledger, and answers when its row is on disk. */
export function record(request: ReceivedRequest, reply: Reply, parts: RecorderParts): void {
  const { metrics, ledger, service, maxInflight } = parts;
  if (metrics.inFlight >= maxInflight) {
    reply.refused({ code: 'OVERLOADED' });
  } else if (ledger.state !== 'open') {
    reply.refused(refusalOf(ledger.state));
  } else {
    metrics.inFlight++;
    service.request(new PendingRequest(request, reply, parts));
  }
}

const refusalOf = (state: LedgerState): Refusal => ({ code: state === 'full' ? 'DISK_FULL' : 'DISK_FAILED' });

/** One request on its way. A class, because a closure per step would cost an allocation each. */
class PendingRequest implements ServiceWaiter, RowWaiter {
  readonly #request: ReceivedRequest;
  readonly #reply: Reply;
  readonly #parts: RecorderParts;
  #serviceUs = 0;

  constructor(request: ReceivedRequest, reply: Reply, parts: RecorderParts) {
    this.#request = request;
    this.#reply = reply;
    this.#parts = parts;
  }

  served(queueUs: number, serviceUs: number): void {
    const { ledger, replica } = this.#parts;
    this.#serviceUs = serviceUs;
    ledger.append(rowWithoutSequence(this.#request, { replica, queueUs, serviceUs }), this);
  }

  settle(state: LedgerState): void {
    const { metrics, replica, nowUs } = this.#parts;
    const { requestId, status, receivedUs } = this.#request;
    metrics.inFlight--;
    observe(metrics.durationSeconds, (nowUs() - receivedUs) / 1e6);
    if (state !== 'open') {
      this.#reply.refused(refusalOf(state));
      return;
    }
    // Both texts match the pattern of an id, so neither needs escaping.
    const body = `{"replica":"${replica}","requestId":"${requestId}","serviceUs":${this.#serviceUs}}\n`;
    this.#reply.recorded(status, body);
  }
}
