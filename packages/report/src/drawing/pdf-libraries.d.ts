/** Neither library brings types; this is what `image.ts` uses of them. */
declare module 'pdfkit' {
  export default class PDFDocument {
    constructor(options: Readonly<Record<string, unknown>>);
    on(event: 'data', listener: (chunk: Uint8Array) => void): this;
    on(event: 'end', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    registerFont(name: string, file: string): this;
    end(): void;
  }
}

declare module 'svg-to-pdfkit' {
  export default function svgToPdf(
    document: import('pdfkit').default,
    svg: string,
    x: number,
    y: number,
    options: Readonly<Record<string, unknown>>,
  ): void;
}
