import { QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** The address that an element links to: offsets of what is written, without quotes. */
export interface Href {
  start: number;
  end: number;
  /** With entities read. */
  url: string;
  /** What people see of the link: its text, else what stands for its picture. */
  label: string;
  /** `clicktracking="off"`, as SendGrid has it. */
  isOff: boolean;
}

export interface MailLinks {
  hrefs: Href[];
  /** Where the content ends: before `</body>`, else `</html>`, else the end. */
  contentEnd: number;
}

const linking = new Set(['a', 'area']);
/** What stands between an attribute's name and its value. */
const beforeValue = /^\s*=\s*["']?/;

/** The links of a mail, in order. What is in comments, styles and scripts is none. */
export function linksOf(html: string): MailLinks {
  const hrefs: Href[] = [];
  const ends = new Map<string, number>();
  let element = '';
  let attribute = '';
  let value = { text: '', start: 0 };
  let opening: Partial<Href> = {};
  let current: Href | undefined;

  const opened = (): void => {
    const { url, start, end } = opening;
    if (linking.has(element) && url !== undefined && start !== undefined && end !== undefined) {
      const href = { url, start, end, label: opening.label ?? '', isOff: opening.isOff ?? false };
      hrefs.push(href);
      if (element === 'a') current = href;
    }
    if (element === 'img' && current?.label.trim() === '') current.label = opening.label ?? '';
  };
  const say = (text: string): void => {
    if (current && current.label.length < 300)
      current.label = `${current.label}${text}`.replace(/\s+/g, ' ').trimStart();
  };
  const callbacks: TokenizerCallbacks = {
    onopentagname(start, end) {
      element = html.slice(start, end).toLowerCase();
      opening = {};
    },
    onattribname(start, end) {
      attribute = html.slice(start, end).toLowerCase();
      const [equals = ''] = beforeValue.exec(html.slice(end, end + 100)) ?? [];
      value = { text: '', start: end + equals.length };
    },
    onattribdata(start, end) {
      value.text += html.slice(start, end);
    },
    onattribentity(codepoint) {
      value.text += String.fromCodePoint(codepoint);
    },
    onattribend(quote, end) {
      const isQuoted = quote === QuoteType.Double || quote === QuoteType.Single;
      const written = { start: value.start, end: isQuoted ? end - 1 : end, url: value.text };
      if (attribute === 'href' && opening.url === undefined) opening = { ...opening, ...written };
      if (attribute === 'alt' && element !== 'a') opening.label = value.text;
      if (attribute === 'clicktracking' && value.text.toLowerCase() === 'off') opening.isOff = true;
    },
    onopentagend: opened,
    onselfclosingtag: opened,
    onclosetag(start, end) {
      const name = html.slice(start, end).toLowerCase();
      ends.set(name, start - 2);
      if (name === 'a') current = undefined;
    },
    ontext: (start, end) => say(html.slice(start, end)),
    ontextentity: (codepoint) => say(String.fromCodePoint(codepoint)),
    oncdata: () => undefined,
    oncomment: () => undefined,
    ondeclaration: () => undefined,
    onend: () => undefined,
    onprocessinginstruction: () => undefined,
  };
  const tokenizer = new Tokenizer({ decodeEntities: true }, callbacks);
  tokenizer.write(html);
  tokenizer.end();
  return { hrefs, contentEnd: ends.get('body') ?? ends.get('html') ?? html.length };
}
