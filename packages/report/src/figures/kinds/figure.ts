import { type Language, type Results, type Sentence, sentences } from '@escala/model';
import { type Composition, compose, type Paper } from '../../drawing/layout.ts';
import type { Element } from '../../markup/element.ts';
import type { Table } from '../../tables/table.ts';

const figureWords = sentences.report.figures;

/** What a figure declares of one study. The words are generated from the results, never from the picture. */
interface Declared {
  readonly picture: (paper: Paper) => Omit<Composition, 'name'>;
  /** The numbers that are drawn. */
  readonly table: Table;
  /** What is drawn, the sample size, and how intervals were made. */
  readonly caption: (language: Language) => string;
  /** One sentence: what to read from it. */
  readonly reading: (language: Language) => string;
}

export interface FigureContent extends Declared {
  readonly draw: (paper: Paper) => Element;
}

/** One figure of the catalogue. `of` is null where the study has nothing for it; `absent` then says why. */
export interface Figure<Content = FigureContent> {
  readonly name: string;
  readonly title: Sentence;
  /** The question that it helps to answer; the page keeps figures of one question together. */
  readonly about: FigureQuestion;
  readonly absent: Sentence;
  readonly of: (results: Results) => Content | null;
}

type FigureQuestion = keyof typeof sentences.report.about;

type Declaration = Omit<Figure<Declared>, 'absent'> & { readonly absent?: Sentence };

export function figure(declaration: Declaration): Figure {
  return {
    absent: figureWords.nothing,
    ...declaration,
    of: (results) => {
      const content = declaration.of(results);
      return content && { ...content, draw: drawingOf(declaration.name, content) };
    },
  };
}

export const drawingOf =
  (name: string, { picture }: Pick<Declared, 'picture'>) =>
  (paper: Paper): Element =>
    compose(paper, { name, ...picture(paper) });
