import { type Message, textCell } from '@escala/model';

/** A request that becomes a row. `status` is that of the answer, should the row reach the disk. */
export interface ReceivedRequest {
  readonly requestId: string;
  /** Absent where the request carries no message: `GET /`. */
  readonly message: Message | undefined;
  readonly method: string;
  readonly path: string;
  readonly status: 200 | 201;
  readonly receivedUs: number;
}

/** What the server adds to a request. */
interface ServiceRecord {
  readonly replica: string;
  readonly queueUs: number;
  readonly serviceUs: number;
}

const cell = (value: string | number) => (typeof value === 'string' ? textCell(value) : value);

/** A ledger row without its first cell, the sequence number, which it gets when its batch is written. */
export function rowWithoutSequence(
  request: ReceivedRequest,
  { replica, queueUs, serviceUs }: ServiceRecord,
): string {
  const { requestId, message, receivedUs, method, path, status } = request;
  const said = message
    ? `${cell(message.run)},${cell(message.cell)},${cell(message.client)},${cell(message.message)}`
    : ',,,';
  return `${requestId},${said},${replica},${receivedUs},${queueUs},${serviceUs},${method},${textCell(path)},${status}\n`;
}
