import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EscalaError } from '@escala/model';
import { parse, stringify } from 'yaml';
import { prepareSystem } from '../../packages/lab/src/targets/local/systems.ts';
import { type Owner, temporaryFolder } from '../temporary-folder.ts';
import { projectFiles, projectFolder } from './markdown.ts';

/** A checkout of the project in which the documents' commands may leave what they like. */
export interface Checkout {
  readonly folder: string;
  /** Why the servers of other languages cannot run on this machine; null where they can. */
  readonly languageMissing: string | null;
}

/** Copies the project, with experiments that are small enough for a test in place of those that it has. */
export async function makeCheckout(owner: Owner): Promise<Checkout> {
  const folder = copyProject(owner);
  // What the systems of other languages need is made once, in the real checkout: Python's own scripts name its path.
  const languageMissing = await prepareLanguages();
  mkdirSync(join(projectFolder, '.cache'), { recursive: true });
  symlinkSync(join(projectFolder, '.cache'), join(folder, '.cache'));
  for (const name of readdirSync(join(folder, 'experiments'))) shrink(join(folder, 'experiments', name));
  // The founding study takes minutes: a small one runs under its name.
  cpSync(join(folder, 'experiments/quick.yaml'), join(folder, 'experiments/founding.yaml'));
  return { folder, languageMissing };
}

/** The project's files in another folder, with the packages that they need. */
export function copyProject(owner: Owner): string {
  const folder = temporaryFolder(owner);
  for (const file of projectFiles) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(projectFolder, file), join(folder, file), { verbatimSymlinks: true });
  }
  linkModules(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

async function prepareLanguages(): Promise<string | null> {
  try {
    for (const name of ['python', 'go']) await prepareSystem({ name, ledger: 'api' });
    return null;
  } catch (error) {
    if (error instanceof EscalaError && error.code === 'SYSTEM_MISSING') return error.message;
    throw error;
  }
}

/**
 * Packages are linked; the links among them, those to the workspaces first of all, must lead into the copy. npm's own
 * record is copied: from its age deploy.sh sees that all is installed.
 */
function linkModules(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    const isCopied = ['.bin', '@escala', '.package-lock.json'].includes(entry.name);
    if (isCopied) cpSync(source, target, { recursive: true, verbatimSymlinks: true });
    else symlinkSync(source, target);
  }
}

interface Levels {
  replicas: number | number[];
  clients: number | number[];
  messages: number | number[];
  systems?: unknown[];
  rate?: number[];
  duration?: string;
  rounds?: number;
  slo?: unknown[];
  faults?: unknown[];
}

/** Fewer levels and rounds: every command still does all that it does, in seconds. */
function shrink(file: string): void {
  const experiment = parse(readFileSync(file, 'utf8')) as Levels;
  const isComparison = (experiment.systems?.length ?? 1) > 1;
  const levels = (factor: number | number[], count: number) => [factor].flat().slice(0, count);
  const messages = [experiment.messages].flat().at(-1) ?? 1;
  const small: Levels = {
    ...experiment,
    // A comparison names the factors that vary in its table, as the pages show it.
    replicas: levels(experiment.replicas, experiment.slo ? 1 : 2),
    clients: levels(experiment.clients, 2),
    messages: experiment.faults ? messages : Math.min(messages, 30),
    ...(experiment.rate && { rate: levels(experiment.rate, 1), duration: '500ms' }),
    // A level of service that any machine meets.
    ...(experiment.slo && { slo: [{ p95: '5s' }] }),
    // Five decide a level of service, two give a comparison its interval; elsewhere one does.
    rounds: experiment.slo ? 5 : isComparison || experiment.rounds === 2 ? 2 : 1,
  };
  writeFileSync(file, stringify(small));
}
