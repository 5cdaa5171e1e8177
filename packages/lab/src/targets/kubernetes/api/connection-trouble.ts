import { fillEach, type Sentence, sentences, systemReason } from '@escala/model';

const words = sentences.lab.connectionTrouble;

/** Node's codes of what can go wrong with TLS, as sentences; each pattern is tried in turn. */
const troubles: readonly (readonly [RegExp, Sentence])[] = [
  [/^CERT_HAS_EXPIRED$/, words.itsCertificateHasExpired],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, words.itsCertificateIsFor],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+)$/,
    words.itsCertificateIsNot,
  ],
  [/ALERT|CERTIFICATE_REQUIRED/, words.itDoesNotTake],
  [/^(EPROTO|ERR_SSL_\w+)$/, words.itDoesNotSpeak],
];

/** What ended a connection, in our words; `limitMs` is how long was waited. */
export function connectionTrouble(cause: unknown, limitMs: number): Sentence {
  const { name, code } = cause as NodeJS.ErrnoException;
  if (cause instanceof RangeError) return words.itsAnswerHasNo;
  if (name === 'TimeoutError' || name === 'AbortError') {
    const seconds = Math.round(limitMs / 100) / 10;
    return fillEach(words.noWholeAnswerWithin, { seconds });
  }
  return troubles.find(([pattern]) => pattern.test(code ?? ''))?.[1] ?? systemReason(cause);
}
