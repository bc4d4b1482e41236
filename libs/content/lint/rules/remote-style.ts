import type { LintedPart } from '../mail/index.ts';
import type { Report, Rule } from '../rule.ts';

export const remoteStyle: Rule = {
  id: 'remote-style',
  severity: 'warning',
  about:
    'Fonts and style sheets from elsewhere: few mail clients load them, and those that do tell a third party who reads the mail.',
  *check({ parts }) {
    for (const part of parts) {
      yield* linked(part);
      yield* imported(part);
    }
  },
};

/** `<link rel="stylesheet" href="…">` and MJML's `<mj-font href="…">`. */
function* linked(part: LintedPart): Iterable<Report> {
  for (const { name, attributes } of part.html.opening) {
    const href = attributes.get('href');
    const isFont = name === 'mj-font';
    const loads = isFont || (name === 'link' && /\bstylesheet\b/i.test(attributes.get('rel')?.value ?? ''));
    if (href && loads && isRemote(href.value)) yield report(part, isFont ? 'font' : 'style sheet', href);
  }
}

/** `@import url(…)`, and the fonts of `@font-face`. */
function* imported(part: LintedPart): Iterable<Report> {
  for (const { name, end } of part.html.opening) {
    if (name !== 'style' && name !== 'mj-style') continue;
    const closing = part.source.toLowerCase().indexOf(`</${name}`, end);
    const css = part.source.slice(end, closing === -1 ? undefined : closing);
    const plain = css.replace(/\/\*[\s\S]*?\*\//g, (comment) => ' '.repeat(comment.length));
    for (const match of plain.matchAll(/@import\s+(?:url\(\s*)?["']?([^"')\s;]+)/gi)) {
      yield* found(part, 'style sheet', end, match);
    }
    for (const face of plain.matchAll(/@font-face\s*\{([^}]*)/gi)) {
      for (const match of face[0].matchAll(/url\(\s*["']?([^"')\s]+)/gi)) {
        yield* found(part, 'font', end + face.index, match);
      }
    }
  }
}

function* found(part: LintedPart, what: string, offset: number, match: RegExpMatchArray): Iterable<Report> {
  const [all, value = ''] = match;
  const start = offset + (match.index ?? 0) + all.lastIndexOf(value);
  if (isRemote(value)) yield report(part, what, { value, start, end: start + value.length });
}

/** Template code may stand for any address. */
function isRemote(address: string): boolean {
  return /^\s*(?:https?:)?\/\/|^\s*\{\{/i.test(address);
}

function report(part: LintedPart, what: string, { value, start, end }: Place): Report {
  const host = /^\s*(?:https?:)?\/\/([^/?#\s]+)/i.exec(value)?.[1] ?? 'elsewhere';
  return {
    message: `The mail loads a ${what} from ${host.slice(0, 60)}: few mail clients do, and those that do tell that server who reads it. Use fonts that devices have, and put rules into the mail.`,
    at: part.spot(start, end),
  };
}

interface Place {
  value: string;
  start: number;
  end: number;
}
