import { QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import type { Tag } from '../../guard/index.ts';

/** Offsets of a value without its quotes. */
export interface HtmlAttribute {
  value: string;
  start: number;
  end: number;
  quoted: boolean;
}

/** An opening tag of the HTML: offsets of its `<` and behind its `>`. */
export interface HtmlTag {
  /** Lower case. */
  name: string;
  start: number;
  /** Behind the name: where an attribute may be put. */
  nameEnd: number;
  end: number;
  /** By lower-case name. */
  attributes: Map<string, HtmlAttribute>;
}

export interface HtmlSource {
  opening: HtmlTag[];
  /** Where closing tags start, by lower-case name. */
  closing: Map<string, number>;
}

/** The tags of an HTML source with template code in it; as browsers find them, and never failing. */
export function htmlTags(source: string, code: readonly Tag[]): HtmlSource {
  const found: HtmlSource = { opening: [], closing: new Map() };
  let tag: HtmlTag | undefined;
  let attribute: { name: string; start: number; end: number } | undefined;
  const opened = (end: number): void => {
    if (tag) found.opening.push({ ...tag, end: end + 1 });
    tag = undefined;
  };
  const callbacks: TokenizerCallbacks = {
    onopentagname(start, end) {
      const name = source.slice(start, end).toLowerCase();
      tag = { name, start: start - 1, nameEnd: end, end, attributes: new Map() };
    },
    onattribname(start, end) {
      attribute = { name: source.slice(start, end).toLowerCase(), start: end, end };
    },
    onattribdata(start, end) {
      if (attribute?.start === attribute?.end && attribute) attribute.start = start;
      if (attribute) attribute.end = end;
    },
    onattribend(quote, end) {
      if (!tag || !attribute) return;
      const { name, start, end: last } = attribute;
      const quoted = quote === QuoteType.Single || quote === QuoteType.Double;
      // An empty value has no data: it ends where its quote does.
      const [from, to] = start === last && quoted ? [end, end] : [start, last];
      const value = { value: source.slice(from, to), start: from, end: to, quoted };
      if (!tag.attributes.has(name)) tag.attributes.set(name, value);
      attribute = undefined;
    },
    onopentagend: opened,
    onselfclosingtag: opened,
    onclosetag: (start, end) => void found.closing.set(source.slice(start, end).toLowerCase(), start - 2),
    onattribentity: () => undefined,
    oncdata: () => undefined,
    oncomment: () => undefined,
    ondeclaration: () => undefined,
    onend: () => undefined,
    onprocessinginstruction: () => undefined,
    ontext: () => undefined,
    ontextentity: () => undefined,
  };
  const tokenizer = new Tokenizer({ decodeEntities: false }, callbacks);
  tokenizer.write(withoutCode(source, code));
  tokenizer.end();
  return found;
}

/** Quotes and angles of template code are none of the HTML: blocks and comments become spaces, tokens become letters, of the same length. */
function withoutCode(source: string, code: readonly Tag[]): string {
  let text = '';
  let read = 0;
  for (const { start, end } of code) {
    const isUnseen = /^(?:\{\{|\[\[)~?\s*(?:[#/^!]|else\b)/.test(source.slice(start, start + 12));
    text += source.slice(read, start) + (isUnseen ? ' ' : 'x').repeat(end - start);
    read = end;
  }
  return text + source.slice(read);
}
