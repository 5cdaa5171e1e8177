import { type Sentence, systemReason } from '@escala/model';

/** Node's codes of what can go wrong with TLS, as sentences; each pattern is tried in turn. */
const troubles: readonly (readonly [RegExp, Sentence])[] = [
  [/^CERT_HAS_EXPIRED$/, { en: 'its certificate has expired', 'pt-BR': 'o certificado dele expirou' }],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    {
      en: "its certificate is for another name (see the cluster's server and tls-server-name)",
      'pt-BR': 'o certificado dele é de outro nome (veja server e tls-server-name do cluster)',
    },
  ],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+)$/,
    {
      en: 'its certificate is not of the authority that the configuration names',
      'pt-BR': 'o certificado dele não é da autoridade que a configuração indica',
    },
  ],
  [
    /ALERT|CERTIFICATE_REQUIRED/,
    {
      en: "it does not take the connection; the user's certificate may be wrong or missing",
      'pt-BR': 'ele não aceita a conexão; o certificado do usuário pode estar errado ou faltar',
    },
  ],
  [
    /^(EPROTO|ERR_SSL_\w+)$/,
    { en: 'it does not speak TLS on this port', 'pt-BR': 'ele não fala TLS nesta porta' },
  ],
];

/** What ended a connection, in our words; `limitMs` is how long was waited. */
export function connectionTrouble(cause: unknown, limitMs: number): Sentence {
  const { name, code } = cause as NodeJS.ErrnoException;
  if (cause instanceof RangeError)
    return { en: 'its answer has no end', 'pt-BR': 'a resposta dele não tem fim' };
  if (name === 'TimeoutError' || name === 'AbortError') {
    const seconds = Math.round(limitMs / 100) / 10;
    return { en: `no whole answer within ${seconds} s`, 'pt-BR': `sem resposta completa em ${seconds} s` };
  }
  return troubles.find(([pattern]) => pattern.test(code ?? ''))?.[1] ?? systemReason(cause);
}
