import type { Language, Results, Sentence } from '@escala/model';
import type { Paper } from '../drawing/layout.ts';
import type { Element } from '../markup/element.ts';
import type { Table } from '../tables/table.ts';

/** What a figure shows of one study. The words are generated from the results, never from the picture. */
export interface FigureContent {
  readonly draw: (paper: Paper) => Element;
  /** The numbers that are drawn. */
  readonly table: Table;
  /** What is drawn, the sample size, and how intervals were made. */
  readonly caption: (language: Language) => string;
  /** One sentence: what to read from it. */
  readonly reading: (language: Language) => string;
}

/** One figure of the catalogue. `of` is null where the study has nothing for it; `absent` then says why. */
export interface Figure {
  readonly name: string;
  readonly title: Sentence;
  readonly absent: Sentence;
  readonly of: (results: Results) => FigureContent | null;
}
