import { writeFile } from 'node:fs/promises';
import {
  type ClientSettings,
  EscalaError,
  fill,
  inEachLanguage,
  type Language,
  type PlannedRequest,
  requireAllowedHosts,
  sentences,
  unwritable,
} from '@escala/model';
import { runLoad } from './run-load.ts';
import { summaryText, thresholdText } from './summary/summary-text.ts';

const summaryWords = sentences.client.summary.summaryWords;

/** Runs the load and prints its summary: one JSON object on stdout, or a text for people. */
export async function runClient(
  settings: ClientSettings,
  kinds: readonly PlannedRequest[] | undefined,
  language: Language,
): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  // A second signal ends the process as the system does by default.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
  await requireAllowedHosts(settings.url, settings.allowHost);
  const warning = settings.insecure ? fill(summaryWords.insecure, language) : undefined;
  if (warning !== undefined) process.stderr.write(`${warning}\n`);
  try {
    // Before anything is sent: a path that cannot be written must not cost a run.
    if (settings.percentiles !== undefined) await writeTo(settings.percentiles, '');
    const { summary, latency } = await runLoad(settings, controller.signal, kinds);
    if (settings.percentiles !== undefined) {
      const { percentileDistribution } = await import('./measure/hdr-histogram.ts');
      const note = warning === undefined ? '' : `#[${warning}]\n`;
      await writeTo(settings.percentiles, percentileDistribution(latency) + note);
    }
    if (settings.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
    else process.stdout.write(summaryText(summary, latency, language));
    if (summary.interrupted) {
      throw new EscalaError('CLIENT_INTERRUPTED', { count: summary.requests });
    }
    const broken = summary.thresholds.filter((verdict) => verdict.broken);
    if (broken.length > 0) {
      const detail = inEachLanguage((to) => broken.map((verdict) => thresholdText(verdict, to)).join('; '));
      throw new EscalaError('THRESHOLD_BROKEN', { count: broken.length, detail });
    }
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  }
}

/** @throws EscalaError FOLDER_UNWRITABLE. */
async function writeTo(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}
