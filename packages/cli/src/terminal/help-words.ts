import { type Sentence, sentences } from '@escala/model';

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
