import {
  type AgentPlan,
  type AgentProbe,
  EscalaError,
  fillEach,
  inEachLanguage,
  isForeign,
  isStarted,
  masked,
  type Sentence,
  type System,
  sentences,
  systemReason,
} from '@escala/model';
import { secretsOf } from '../experiment/sent-secrets.ts';
import type { Agent } from '../targets/contract/target.ts';
import { AgentClient } from './agent-client.ts';

const words = sentences.lab.probe;
const said = words.failures;

/** By the codes of the client, of Node and of OpenSSL; what is not here has the system's words. */
const failures: Readonly<Record<string, Sentence>> = {
  CLOSED_EARLY: said.closedEarly,
  BROKEN_ANSWER: said.noHttp,
  TIMEOUT: said.late,
  ENOTFOUND: said.unknownHost,
  CERT_HAS_EXPIRED: said.expired,
  CERT_NOT_YET_VALID: said.notYetValid,
  ERR_TLS_CERT_ALTNAME_INVALID: said.otherName,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: said.wantsCertificate,
  DEPTH_ZERO_SELF_SIGNED_CERT: said.selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: said.unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: said.unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: said.unknownAuthority,
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal would obey them.
const controls = /[\0-\x1f\x7f-\x9f]+/g;

/** Whether the first request to a system is looked at: what it is, its experiment alone does not tell. */
export const isProbed = (system: System) =>
  !isStarted(system) || isForeign(system) || (system.headers ?? system.requests) !== undefined;

/**
 * One request before a block's first cell, so that a wrong path or token ends in seconds with what the service said.
 * @throws EscalaError SERVICE_REJECTS, SERVICE_SILENT, CREDENTIALS_EXPIRED
 */
export async function probeService(
  agent: Agent,
  plan: AgentPlan,
  { system, signal, wasTaken }: { system: System; signal: AbortSignal; wasTaken: boolean },
): Promise<void> {
  const found = await new AgentClient(agent, signal).probe(plan);
  const url = [plan.urls[0], found.request && `(${found.request})`].filter(Boolean).join(' ');
  if (found.status === null) {
    const reason = reasonOf(found);
    const detail = system.scale?.ready === undefined ? reason : fillEach(words.thoughReady, { reason });
    throw new EscalaError('SERVICE_SILENT', { url, detail });
  }
  if (found.isAnswered) {
    const { header, json } = system.replicaFrom ?? {};
    const place = header ?? json;
    if (place !== undefined && found.replica === null)
      throw new EscalaError('REPLICA_UNNAMED', { url, place });
    return;
  }
  requireCredentials(system.name, found.status, { wasTaken });
  const text = masked(found.beginning, secretsOf(system, process.env)).replace(controls, ' ').trim();
  const beginning = text === '' ? inEachLanguage(() => '') : fillEach(words.beginning, { said: text });
  throw new EscalaError('SERVICE_REJECTS', { url, status: String(found.status), beginning });
}

/** @throws EscalaError CREDENTIALS_EXPIRED where a system that took requests refuses all of them by this status. */
export function requireCredentials(
  system: string,
  status: number | undefined,
  { wasTaken }: { wasTaken: boolean },
): void {
  if (wasTaken && (status === 401 || status === 403))
    throw new EscalaError('CREDENTIALS_EXPIRED', { system, status });
}

function reasonOf({ code }: AgentProbe) {
  const known = code === null ? undefined : failures[code];
  if (code !== null && known) return fillEach(known, { code });
  return systemReason(Object.assign(new Error(code ?? ''), { code }));
}
