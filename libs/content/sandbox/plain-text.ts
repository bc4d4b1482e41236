import type { FormatCallback } from 'html-to-text';
import { hides } from './hides.ts';

/** Perhaps nobody sees it in the HTML: preheaders that authors hide themselves, and what is for one kind of screen. */
const perhapsHidden = ['*[style*="display:none" i]', '*[style*="display: none" i]'];

/** What is seen after all is formatted as if it had no style. */
const unlessHidden: FormatCallback = (element, walk, builder) => {
  const attributes = element.attribs as { style?: string };
  if (hides(attributes.style ?? '')) return;
  delete attributes.style;
  walk([element], builder);
};

type Convert = (html: string) => string;

/** HTML as plain text. The converter is heavy and mappings never need it: it is loaded after the child is up. */
export class PlainText {
  #loading: Promise<Convert> | undefined;

  load(): Promise<Convert> {
    this.#loading ??= import('html-to-text').then(({ compile }) =>
      compile({
        wordwrap: 78,
        baseElements: { selectors: [] }, // not the body alone: mail clients show what stands behind it, too
        formatters: { unlessHidden },
        limits: { maxInputLength: 2_500_000, maxDepth: 100 },
        selectors: [
          { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
          // Not the whole head: where nothing ends it, the mail is within.
          ...['img', 'title', 'xml', 'template'].map((selector) => ({ selector, format: 'skip' })),
          ...perhapsHidden.map((selector) => ({ selector, format: 'unlessHidden' })),
          ...['h1', 'h2', 'h3', 'h4'].map((selector) => ({ selector, options: { uppercase: false } })),
          // Mails are laid out with tables: a row is a line.
          { selector: 'table', format: 'block' },
          { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
          ...['td', 'th'].map((selector) => ({ selector, format: 'inlineSurround', options: { suffix: '  ' } })),
        ],
      }),
    );
    return this.#loading;
  }

  async of(html: string): Promise<string> {
    const convert = await this.load();
    return `${convert(html)
      .replace(/[ \t]+$/gm, '')
      .trim()}\n`;
  }
}
