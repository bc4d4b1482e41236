import { TemplateFault } from '../guard/index.ts';

/** Bytes of UTF-8 that all parts of one mail may have together. */
export const mostOutput = 2 * 1024 * 1024;

export function tooMuchOutput(): TemplateFault {
  return new TemplateFault(
    'template_too_large',
    `The template makes more than ${mostOutput / 1024 / 1024} MB of output: limit its loops, such as {{#each (limit orders 10)}}.`,
  );
}

/** The byte limit of one row. */
export class OutputLimit {
  #left = mostOutput;

  /** @throws TemplateFault `template_too_large` */
  take(text: string): string {
    this.count(text);
    return text;
  }

  /** Takes the text; gives its bytes. @throws TemplateFault `template_too_large` */
  count(text: string): number {
    const bytes = Buffer.byteLength(text);
    this.#left -= bytes;
    if (this.#left < 0) throw tooMuchOutput();
    return bytes;
  }

  /** Of an output that was taken and has grown since. @throws TemplateFault `template_too_large` */
  grown(before: string, after: string): string {
    this.#left += Buffer.byteLength(before);
    return this.take(after);
  }
}
