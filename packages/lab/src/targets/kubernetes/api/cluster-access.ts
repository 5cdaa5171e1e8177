import { Agent, type RequestOptions } from 'node:https';
import { EscalaError, fillEach, sentences } from '@escala/model';
import { KubeConfig } from '@kubernetes/client-node';
import { isMapping } from './api-answer.ts';
import { type Credential, pluginCredential } from './credential-plugin.ts';
import { type Entry, fileOf, invalid, type KubectlContext, pemOf, readText, textOf } from './kubeconfig.ts';
import { CALL_MS_MAX, PLUGIN_MS_MAX, TOKEN_FILE_AGE_MS_MAX } from './limits.ts';

const texts = sentences.lab.clusterAccess;

/** What this machine asks with: kubectl's own plugins of old are gone from kubectl too. */
const ownProvider = 'oidc';

/**
 * The way to one cluster as one user. The library makes the connections (proxies, certificates, `oidc`) from entries that
 * are checked here; who asks is said here, by kubectl's rules.
 */
export class ClusterAccess extends KubeConfig {
  readonly context: string;
  readonly server: string;
  readonly user: string;
  readonly #cluster: Entry;
  readonly #user: Entry;
  readonly #pluginMs: number;
  #credential: Promise<Credential> | undefined;
  #untilMs = Number.POSITIVE_INFINITY;

  /** @throws EscalaError KUBECONFIG_INVALID. */
  constructor({ context, cluster, user }: KubectlContext, pluginMs = PLUGIN_MS_MAX) {
    super();
    this.context = context;
    this.user = user.name;
    this.#cluster = cluster;
    this.#user = user;
    this.#pluginMs = pluginMs;
    const { known, server } = clusterOf(cluster);
    this.server = server;
    this.loadFromOptions({
      clusters: [known],
      users: [userOf(user)],
      contexts: [{ name: context, cluster: cluster.name, user: user.name }],
      currentContext: context,
    });
    const authenticator: Parameters<KubeConfig['addAuthenticator']>[0] = {
      isAuthProvider: () => true,
      applyAuthentication: (_user, options) => this.#authenticate(options as RequestOptions),
    };
    if (!isMapping(user.value['auth-provider'])) this.addAuthenticator(authenticator);
  }

  /** True where asking again may bring another credential than the one that was refused. */
  forgetCredentials(): boolean {
    this.#credential = undefined;
    return this.#user.value['exec'] !== undefined || this.#user.value['tokenFile'] !== undefined;
  }

  override async applyToHTTPSOptions(options: RequestOptions): Promise<void> {
    try {
      await super.applyToHTTPSOptions(options);
    } catch (cause) {
      if (cause instanceof EscalaError) throw cause;
      const detail = fillEach(texts.refused, { said: (cause as Error).message });
      throw new EscalaError(
        'CREDENTIALS_FAILED',
        { user: this.user, program: ownProvider, detail },
        { cause },
      );
    }
    // For a websocket, which waits without an end otherwise; a plain call has a limit of its own.
    Object.assign(options, { handshakeTimeout: CALL_MS_MAX });
    // The library keeps one agent, with the certificate of its first call; a plugin may bring another.
    const { cert, key } = options;
    if (options.agent instanceof Agent) Object.assign(options.agent.options, { cert, key });
  }

  async #authenticate(options: RequestOptions): Promise<void> {
    if (Date.now() >= this.#untilMs) this.#credential = undefined;
    this.#credential ??= this.#takeCredential();
    const taken = this.#credential;
    const { token, cert, key, untilMs } = await taken.catch((cause) => {
      if (this.#credential === taken) this.#credential = undefined;
      throw cause;
    });
    this.#untilMs = untilMs;
    if (cert !== undefined && key !== undefined) Object.assign(options, { cert, key });
    const headers = {
      ...(options.headers as Record<string, string | string[]>),
      ...impersonation(this.#user),
    };
    if (token !== undefined) headers['Authorization'] = `Bearer ${this.#headerText(token)}`;
    options.headers = headers;
  }

  /** kubectl's order: a token's file, then a token, then a program. */
  async #takeCredential(): Promise<Credential> {
    const file = fileOf(this.#user, 'tokenFile');
    const token = textOf(this.#user, 'token');
    if (file !== undefined) {
      const untilMs = Date.now() + TOKEN_FILE_AGE_MS_MAX;
      return { token: readText(file, this.#user).trim() || token, untilMs };
    }
    const exec = this.#user.value['exec'] ?? undefined;
    if (token !== undefined || exec === undefined) return { token, untilMs: Number.POSITIVE_INFINITY };
    return pluginCredential(this.#user, this.#cluster, this.#pluginMs);
  }

  #headerText(token: string): string {
    const text = token.trim();
    if (/^[\x21-\x7e]*$/.test(text)) return text;
    throw new EscalaError('CREDENTIALS_FAILED', {
      user: this.user,
      program: texts.token,
      detail: texts.noToken,
    });
  }
}

function clusterOf(entry: Entry) {
  const given = textOf(entry, 'server');
  if (given === undefined) throw invalid(entry.file, texts.noServer, { name: entry.name });
  const caPem = pemOf(entry, 'certificate-authority');
  const isInsecure = entry.value['insecure-skip-tls-verify'] === true;
  if (isInsecure && caPem !== undefined) throw invalid(entry.file, texts.contradiction, { name: entry.name });
  // As kubectl reads an address without a scheme.
  const server = /^[a-z]+:\/\//i.test(given) ? given : `${caPem === undefined ? 'http' : 'https'}://${given}`;
  const proxyUrl = textOf(entry, 'proxy-url');
  if (!isUrl(server, ['http:', 'https:']))
    throw invalid(entry.file, texts.url, { key: 'server', text: given });
  if (proxyUrl !== undefined && !isUrl(proxyUrl, ['http:', 'https:', 'socks5:']))
    throw invalid(entry.file, texts.url, { key: 'proxy-url', text: proxyUrl });
  const known = {
    name: entry.name,
    server: server.replace(/\/$/, ''),
    caData: encoded(caPem),
    // The library refuses plain HTTP without it; kubectl does not.
    skipTLSVerify: isInsecure || server.startsWith('http:'),
    tlsServerName: textOf(entry, 'tls-server-name'),
    proxyUrl,
  };
  return { server, known };
}

function userOf(entry: Entry) {
  const provider = entry.value['auth-provider'];
  if (isMapping(provider) && provider['name'] !== ownProvider)
    throw invalid(entry.file, texts.provider, { user: entry.name, name: String(provider['name']) });
  return {
    name: entry.name,
    certData: encoded(pemOf(entry, 'client-certificate')),
    keyData: encoded(pemOf(entry, 'client-key')),
    username: textOf(entry, 'username'),
    password: textOf(entry, 'password'),
    authProvider: provider,
  };
}

function encoded(pem: string | undefined): string | undefined {
  return pem === undefined ? undefined : Buffer.from(pem).toString('base64');
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== '';
}

function impersonation(user: Entry): Record<string, string | string[]> {
  const [as, uid, groups] = [textOf(user, 'as'), textOf(user, 'as-uid'), user.value['as-groups'] ?? []];
  if (!Array.isArray(groups)) throw invalid(user.file, sentences.lab.kubeconfig.form, { key: 'as-groups' });
  return {
    ...(as !== undefined && { 'Impersonate-User': as }),
    ...(uid !== undefined && { 'Impersonate-Uid': uid }),
    ...(groups.length > 0 && { 'Impersonate-Group': groups.map(String) }),
  };
}
