import { exitCodes, type Problem, problems } from '@escala/model';
import { generated, page, table } from './markdown.ts';

export function exitCodesPage(): string {
  const rows = Object.entries(exitCodes).map(([code, says]) => [
    code,
    says.en,
    Object.entries<Problem>(problems)
      .filter(([, problem]) => String(problem.exit) === code)
      .map(([name]) => `\`${name}\``)
      .join(', ') || '–',
  ]);
  return page(
    'Exit codes',
    `${generated} What happened and what to do next stands with each [problem](problems.md).`,
    table(['code', 'means', 'problems'], rows),
  );
}

export function problemsPage(): string {
  const rows = Object.entries<Problem>(problems).map(([code, { exit, says, next }]) => [
    `\`${code}\``,
    String(exit),
    says.en,
    next.en,
  ]);
  return page(
    'Problems',
    `${generated} Each has a code, an [exit code](exit-codes.md), what happened, and what to do next. Words in braces are filled in.`,
    table(['code', 'exit', 'what happened', 'what to do next'], rows),
  );
}
