/** Nobody sees it in the HTML: preheaders that authors hide themselves, and what is for one kind of screen. */
const hidden = ['*[style*="display:none" i]', '*[style*="display: none" i]'];

type Convert = (html: string) => string;

/** HTML as plain text. The converter is heavy and mappings never need it: it is loaded after the child is up. */
export class PlainText {
  #loading: Promise<Convert> | undefined;

  load(): Promise<Convert> {
    this.#loading ??= import('html-to-text').then(({ compile }) =>
      compile({
        wordwrap: 78,
        baseElements: { selectors: [] }, // not the body alone: mail clients show what stands behind it, too
        limits: { maxInputLength: 2_500_000, maxDepth: 100 },
        selectors: [
          { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
          // Not the whole head: where nothing ends it, the mail is within.
          ...['img', 'title', 'xml'].map((selector) => ({ selector, format: 'skip' })),
          ...hidden.map((selector) => ({ selector, format: 'skip' })),
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
