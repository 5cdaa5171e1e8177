import { type ChildProcess, spawn } from 'node:child_process';
import { EscalaError, fillEach, type Sentence, sentences } from '@escala/model';
import { isMapping } from './api-answer.ts';
import { type Entry, invalid, pemOf, programOf, textOf } from './kubeconfig.ts';
import { LOG_LINES_MAX, PLUGIN_CHARACTERS_MAX, PLUGIN_MS_MAX } from './limits.ts';

const texts = sentences.lab.credentialPlugin;
const { form } = sentences.lab.kubeconfig;

/** What a request carries to identify the user. */
export interface Credential {
  readonly token?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** From then on it has to be taken anew, in milliseconds since the Unix epoch. */
  readonly untilMs: number;
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the program that the user's entry names, as kubectl does, and reads the credential that it prints.
 * @throws EscalaError CREDENTIAL_PROGRAM_MISSING, CREDENTIALS_FAILED, KUBECONFIG_INVALID.
 */
export async function pluginCredential(
  user: Entry,
  cluster: Entry,
  limitMs = PLUGIN_MS_MAX,
): Promise<Credential> {
  const { exec } = user.value;
  if (!isMapping(exec)) throw invalid(user.file, form, { key: 'exec' });
  const plugin: Entry = { ...user, value: exec };
  const command = textOf(plugin, 'command');
  const apiVersion = textOf(plugin, 'apiVersion');
  if (command === undefined || apiVersion === undefined)
    throw invalid(user.file, form, { key: command === undefined ? 'exec.command' : 'exec.apiVersion' });
  const mode = textOf(plugin, 'interactiveMode') ?? 'IfAvailable';
  const isInteractive = mode !== 'Never' && process.stdin.isTTY === true;
  const fail = (detail: Sentence, cause?: unknown) =>
    new EscalaError('CREDENTIALS_FAILED', { user: user.name, program: command, detail }, { cause });
  if (mode === 'Always' && !isInteractive) throw fail(texts.noTerminal);
  const info = {
    apiVersion,
    kind: 'ExecCredential',
    spec: {
      interactive: isInteractive,
      ...(exec['provideClusterInfo'] === true && { cluster: infoOf(cluster) }),
    },
  };
  const env = { ...process.env, ...variablesOf(plugin), KUBERNETES_EXEC_INFO: JSON.stringify(info) };
  const child = spawn(programOf(user, command), argumentsOf(plugin), {
    env,
    stdio: [isInteractive ? 'inherit' : 'ignore', 'pipe', 'pipe'],
  });
  if (isInteractive) child.stderr?.pipe(process.stderr, { end: false });
  const ended = await endOf(child, limitMs).catch((cause: NodeJS.ErrnoException) => {
    const hint = textOf(plugin, 'installHint') ?? '';
    const values = { user: user.name, program: command, file: user.file, hint: hint.trim() || '-' };
    if (cause.code === 'ENOENT' || cause.code === 'EACCES')
      throw new EscalaError('CREDENTIAL_PROGRAM_MISSING', values, { cause });
    throw fail(
      cause.name === 'TimeoutError'
        ? fillEach(texts.hangs, { seconds: limitMs / 1_000 })
        : fillEach(texts.notStarted, { code: cause.code ?? '-' }),
      cause,
    );
  });
  if (ended.code !== 0) throw fail(failure(ended));
  return credentialIn(ended.stdout, apiVersion, fail);
}

function endOf(child: ChildProcess, limitMs: number): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] = (said[name] + text).slice(-PLUGIN_CHARACTERS_MAX);
    });
  return new Promise((resolve, reject) => {
    // A child of the program's may keep the pipes open, so its own end is enough after the limit.
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
      reject(new DOMException('', 'TimeoutError'));
    }, limitMs);
    child.once('error', reject).once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...said });
    });
    child.once('error', () => clearTimeout(timer));
  });
}

type Fail = (detail: Sentence) => EscalaError;

function credentialIn(stdout: string, apiVersion: string, fail: Fail): Credential {
  let printed: unknown;
  try {
    printed = JSON.parse(stdout);
  } catch {
    throw fail(texts.noCredential);
  }
  if (!isMapping(printed) || printed['kind'] !== 'ExecCredential' || !isMapping(printed['status']))
    throw fail(texts.noCredential);
  if (printed['apiVersion'] !== apiVersion)
    throw fail(fillEach(texts.version, { printed: String(printed['apiVersion']), asked: apiVersion }));
  const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = printed['status'];
  const hasPair = typeof cert === 'string' && typeof key === 'string';
  if (typeof token !== 'string' && !hasPair) throw fail(texts.noCredential);
  const untilMs = Date.parse(String(expirationTimestamp));
  return {
    ...(typeof token === 'string' && { token }),
    ...(hasPair && { cert, key }),
    untilMs: Number.isNaN(untilMs) ? Number.POSITIVE_INFINITY : untilMs,
  };
}

function argumentsOf(plugin: Entry): string[] {
  const list = plugin.value['args'] ?? [];
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string'))
    throw invalid(plugin.file, form, { key: 'exec.args' });
  return list;
}

function variablesOf(plugin: Entry): Record<string, string> {
  const list = plugin.value['env'] ?? [];
  const isVariable = (one: unknown): one is { name: string; value: string } =>
    isMapping(one) && typeof one['name'] === 'string' && typeof one['value'] === 'string';
  if (!Array.isArray(list) || !list.every(isVariable)) throw invalid(plugin.file, form, { key: 'exec.env' });
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

/** What the program hears of the cluster where its entry asks for that. */
function infoOf(cluster: Entry): Record<string, unknown> {
  const pem = pemOf(cluster, 'certificate-authority');
  const { server, extensions } = cluster.value;
  const kept = ['tls-server-name', 'insecure-skip-tls-verify', 'proxy-url'] as const;
  const own = Array.isArray(extensions)
    ? extensions.find((one) => isMapping(one) && one['name'] === 'client.authentication.k8s.io/exec')
    : undefined;
  return {
    server,
    ...Object.fromEntries(kept.flatMap((key) => (cluster.value[key] ? [[key, cluster.value[key]]] : []))),
    ...(pem !== undefined && { 'certificate-authority-data': Buffer.from(pem).toString('base64') }),
    ...(isMapping(own) && { config: own['extension'] }),
  };
}

function failure({ code, signal, stderr }: Ended): Sentence {
  const lines = stderr.trim().split('\n').slice(-LOG_LINES_MAX).join('\n');
  const said = lines && `: ${lines}`;
  return signal === null
    ? fillEach(texts.failed, { code: String(code), said })
    : fillEach(texts.killed, { signal, said });
}
