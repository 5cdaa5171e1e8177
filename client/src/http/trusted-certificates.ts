import { getCACertificates, setDefaultCACertificates } from 'node:tls';

let isDone = false;

/** Trusts the authorities of the system beside those that Node brings along, in all connections of this thread. */
export function trustSystemCertificates(): void {
  if (isDone) return;
  isDone = true;
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
}
