import { COLUMNS, exitCodes, fill, type Language, type Sentence, sentences } from '@escala/model';
import type { Argument, Command, HelpConfiguration, Option } from 'commander';
import type { World } from './world.ts';

const COLUMNS_MAX = 100;

/** Makes every word of the program's help the user's, those that Commander brings along too. */
export function localizeHelp(program: Command, world: World): void {
  const { language } = world;
  const say = (sentence: Sentence) => fill(sentence, language);
  program
    .description(say(helpWords.program))
    .usage(say(helpWords.programUsage))
    .helpOption('-h, --help', say(helpWords.help))
    .addHelpText('after', `\n${say(helpWords.below)}\n${exitCodeLines(language)}`)
    .configureHelp(helpIn(language, world.stdout.columns));
}

function helpIn(language: Language, columns: number | null): HelpConfiguration {
  const translate = (text: string) => inLanguage(text, language);
  const headings = [helpWords.usage, helpWords.arguments, helpWords.options];
  return {
    // A long list of commands leaves little room; it is broken all the same.
    minWidthToWrap: 24,
    helpWidth: Math.min(columns ?? COLUMNS, COLUMNS_MAX),
    // Commander asks for its own headings by their English.
    styleTitle: (title) => headings.find(({ en }) => en === title)?.[language] ?? title,
    styleUsage: translate,
    styleOptionTerm: translate,
    styleArgumentTerm: translate,
    styleSubcommandTerm: translate,
    optionDescription: (option) => describe(option, language),
    argumentDescription: (argument) => describe(argument, language),
  };
}

/** `<file>` and `[options]` in the language. The names in the code are English. */
export function inLanguage(text: string, language: Language): string {
  return text.replace(/([<[])([\w.-]+?)(\.{3})?([>\]])/g, (_, open, name: string, dots = '', close) => {
    const said = placeholders[name]?.[language] ?? name;
    return `${open}${said}${dots}${close}`;
  });
}

/** What it is, then in brackets what it takes and what it is when it is not given. */
function describe(
  { description, argChoices, defaultValue, defaultValueDescription }: Option | Argument,
  language: Language,
): string {
  const value = defaultValueDescription ?? (defaultValue === undefined ? undefined : String(defaultValue));
  const details = [
    ...(argChoices ? [argChoices.join(', ')] : []),
    ...(value === undefined ? [] : [fill(helpWords.fallback, language, { value })]),
  ];
  return details.length === 0 ? description : `${description} (${details.join('; ')})`;
}

function exitCodeLines(language: Language): string {
  return Object.entries(exitCodes)
    .map(([code, says]) => `  ${code.padStart(3)}  ${says[language]}`)
    .join('\n');
}

const { help, version } = sentences.model.programHelp.words;

/** What `--help` says around the options, and what the help of server and client says, too. */
export const helpWords = {
  ...sentences.cli.help.helpWords,
  help,
  version,
  onlyOptions: sentences.model.optionTable.optionsOnly,
  json: sentences.model.options.clientOptions.json.doc,
};

/** Names of what a person puts in place of `<…>` or `[…]`, by their English, which the code uses. */
export const placeholders: Readonly<Record<string, Sentence>> = sentences.cli.help.placeholders;
