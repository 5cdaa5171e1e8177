import { type Sentence, sentences } from '@escala/model';

/** What `--help` says around the options, in both languages. */
export const helpWords = sentences.cli.help.helpWords;

/** Names of what a person puts in place of `<…>` or `[…]`, by their English, which the code uses. */
export const placeholders: Readonly<Record<string, Sentence>> = sentences.cli.help.placeholders;
