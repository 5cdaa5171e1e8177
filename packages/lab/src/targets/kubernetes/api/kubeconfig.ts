import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve, sep } from 'node:path';
import { EscalaError, type Fillings, fillEach, type Sentence, sentences } from '@escala/model';
import { LineCounter, parseDocument } from 'yaml';
import { isMapping } from './api-answer.ts';

const said = sentences.lab.kubeconfig;

type Mapping = Readonly<Record<string, unknown>>;

/** One named entry of kubectl's configuration, with the file that it stands in. */
export interface Entry {
  readonly name: string;
  readonly file: string;
  readonly value: Mapping;
}

/** A context of kubectl's configuration, and what it names. */
export interface KubectlContext {
  readonly context: string;
  readonly cluster: Entry;
  readonly user: Entry;
}

const kinds = { clusters: 'cluster', users: 'user', contexts: 'context' } as const;
type Kind = keyof typeof kinds;

type Kubeconfig = Readonly<Record<Kind, Map<string, Entry>>> & { currentContext?: string | undefined };

/** The service account of a pod; kubectl takes it where no configuration names a context. */
const podAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The wanted context, else the current one, by kubectl's rules: the files of KUBECONFIG, else `~/.kube/config`, of which
 * those that are missing count as empty; of a name that is in several files the first entry counts as a whole, and so
 * does the first current context. A path in a file is relative to that file.
 * @throws EscalaError KUBECONFIG_MISSING, KUBECONFIG_INVALID, CONTEXT_UNSET, CLUSTER_UNKNOWN.
 */
export function readKubeconfig(
  environment: NodeJS.ProcessEnv,
  wanted: string | undefined,
  home = homedir(),
): KubectlContext {
  const files = filesOf(environment, home);
  const config: Kubeconfig = { clusters: new Map(), users: new Map(), contexts: new Map() };
  for (const file of files) merge(config, file);
  const known = [...config.contexts.keys()].join(', ');
  const context = wanted ?? config.currentContext;
  if (context === undefined && known === '') {
    const own = ownAccount(environment);
    if (own) return own;
    throw new EscalaError('KUBECONFIG_MISSING', { files: files.join(', ') });
  }
  if (context === undefined) throw new EscalaError('CONTEXT_UNSET', { known });
  const entry = config.contexts.get(context);
  if (!entry) throw new EscalaError('CLUSTER_UNKNOWN', { context, known: known || '-' });
  const clusterName = textOf(entry, 'cluster') ?? '';
  const cluster = config.clusters.get(clusterName);
  if (!cluster) throw invalid(entry.file, said.noCluster, { name: clusterName, context });
  const userName = textOf(entry, 'user');
  const user = userName === undefined ? { ...entry, name: '-', value: {} } : config.users.get(userName);
  if (!user) throw invalid(entry.file, said.noUser, { name: userName ?? '', context });
  return { context, cluster, user };
}

function filesOf({ KUBECONFIG }: NodeJS.ProcessEnv, home: string): string[] {
  if (KUBECONFIG) return [...new Set(KUBECONFIG.split(delimiter).filter(Boolean))];
  return [join(home, '.kube', 'config')];
}

function merge(config: Kubeconfig, file: string): void {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    throw invalid(file, said.unreadable, { code: code ?? '-' }, cause);
  }
  const content = parse(text, file);
  const kind = content['kind'] ?? 'Config';
  if (kind !== 'Config') throw invalid(file, said.kind, { kind: String(kind) });
  for (const kind of Object.keys(kinds) as Kind[]) addEntries(config[kind], content, kind, file);
  config.currentContext ??= textOf({ name: '', file, value: content }, 'current-context');
}

/** YAML 1.1, as kubectl reads it; JSON is a part of it. */
function parse(text: string, file: string): Mapping {
  const lineCounter = new LineCounter();
  const options = { lineCounter, prettyErrors: false, logLevel: 'silent', version: '1.1' } as const;
  const document = parseDocument(text, options);
  const [error] = document.errors;
  if (error) throw invalid(file, said.syntax, { line: String(lineCounter.linePos(error.pos[0]).line) });
  let content: unknown;
  try {
    content = document.toJS() ?? {};
  } catch (cause) {
    throw invalid(file, said.syntax, { line: '1' }, cause);
  }
  if (!isMapping(content)) throw invalid(file, said.form, { key: '.' });
  return content;
}

function addEntries(known: Map<string, Entry>, content: Mapping, kind: Kind, file: string): void {
  const list = content[kind] ?? [];
  if (!Array.isArray(list)) throw invalid(file, said.form, { key: kind });
  const names = new Set<string>();
  for (const one of list as unknown[]) {
    const { name, [kinds[kind]]: value = {} } = isMapping(one) ? one : {};
    const isEntry = typeof name === 'string' && (isMapping(value) || value === null);
    if (!isEntry) throw invalid(file, said.form, { key: `${kind}[${names.size}]` });
    if (names.has(name)) throw invalid(file, said.twice, { kind, name });
    names.add(name);
    if (!known.has(name)) known.set(name, { name, file, value: value ?? {} });
  }
}

function ownAccount({
  KUBERNETES_SERVICE_HOST: host,
  KUBERNETES_SERVICE_PORT: port,
}: NodeJS.ProcessEnv): KubectlContext | undefined {
  if (!host || !port) return undefined;
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const entry = (value: Mapping): Entry => ({ name: 'in-cluster', file: podAccount, value });
  return {
    context: 'in-cluster',
    cluster: entry({ server, 'certificate-authority': join(podAccount, 'ca.crt') }),
    user: entry({ tokenFile: join(podAccount, 'token') }),
  };
}

/** A text of an entry; undefined where it is absent or empty. */
export function textOf({ file, value }: Entry, key: string): string | undefined {
  const text = value[key] ?? '';
  if (typeof text !== 'string') throw invalid(file, said.form, { key });
  return text || undefined;
}

/** A path of an entry, made absolute from its file's folder. */
export function fileOf(entry: Entry, key: string): string | undefined {
  const path = textOf(entry, key);
  return path === undefined ? undefined : resolve(dirname(entry.file), path);
}

/** A program: a bare name is looked for in PATH, anything else is a path like the others. */
export function programOf(entry: Entry, command: string): string {
  return command.includes(sep) ? resolve(dirname(entry.file), command) : command;
}

/**
 * The PEM of a certificate or a key: `<key>-data`, which goes first, or the file that `<key>` names.
 * @throws EscalaError KUBECONFIG_INVALID where it is no base64, no PEM, or cannot be read.
 */
export function pemOf(entry: Entry, key: string): string | undefined {
  const data = textOf(entry, `${key}-data`);
  if (data !== undefined) return requirePem(decoded(entry, `${key}-data`, data), entry.file, `${key}-data`);
  const path = fileOf(entry, key);
  return path === undefined ? undefined : requirePem(readText(path, entry), path, key);
}

export function readText(path: string, entry: Entry): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code = '-' } = cause as NodeJS.ErrnoException;
    throw invalid(entry.file, said.unreadableIn, { path, code }, cause);
  }
}

function decoded({ file }: Entry, key: string, data: string): string {
  const text = data.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0)
    throw invalid(file, said.base64, { key });
  return Buffer.from(text, 'base64').toString();
}

function requirePem(text: string, file: string, key: string): string {
  const isPem = /-----BEGIN [A-Z0-9 ]+-----\s[A-Za-z0-9+/=\s:,-]+-----END [A-Z0-9 ]+-----/.test(text);
  if (!isPem) throw invalid(file, said.pem, { key });
  return text;
}

export function invalid(file: string, says: Sentence, values: Fillings = {}, cause?: unknown): EscalaError {
  return new EscalaError('KUBECONFIG_INVALID', { file, detail: fillEach(says, values) }, { cause });
}
