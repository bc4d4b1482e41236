/** A piece of markup in HTML or MJML: offsets of its first letter and behind its last. */
export interface Markup {
  kind: 'open' | 'close' | 'comment';
  /** In lower case; '' for comments. */
  name: string;
  start: number;
  end: number;
  selfClosing: boolean;
}

/** Elements whose content is text, whatever it looks like. */
const rawText = new Set(['style', 'script', 'textarea', 'title']);

/** The tags of a document, in order; what is no tag is text. Quoted attributes may hold `>`. */
export function* markupOf(text: string, raw: ReadonlySet<string> = rawText): Generator<Markup> {
  const marker = /<!--|<(\/?)([a-zA-Z][\w:-]*)/g;
  for (let found = marker.exec(text); found; found = marker.exec(text)) {
    const start = found.index;
    const [head, slash = '', written = ''] = found;
    const end = head === '<!--' ? behind(text, '-->', start + 4) : tagEnd(text, marker.lastIndex);
    const name = written.toLowerCase();
    const kind = head === '<!--' ? 'comment' : slash === '/' ? 'close' : 'open';
    const selfClosing = text[end - 2] === '/';
    yield { kind, name, start, end, selfClosing };
    marker.lastIndex = kind === 'open' && !selfClosing && raw.has(name) ? closingOf(text, name, end) : end;
  }
}

function tagEnd(text: string, from: number): number {
  let quote = '';
  let last = ''; // but for white space, which may stand around `=`
  for (let at = from; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (letter === '>') return at + 1;
    else if ((letter === '"' || letter === "'") && last === '=') quote = letter;
    if (letter > ' ') last = letter;
  }
  return text.length;
}

function behind(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at === -1 ? text.length : at + sign.length;
}

function closingOf(text: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}\\s*>`, 'gi');
  closing.lastIndex = from;
  return closing.exec(text)?.index ?? text.length;
}
