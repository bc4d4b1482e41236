import { TemplateFault } from './fault.ts';
import { limits } from './limits.ts';
import { placeAt } from './place.ts';
import { withCurlyTags } from './square-tags.ts';
import { tagEnd } from './tag-end.ts';

/** A `{{…}}`, or a feed's `[[…]]`, in the source: offsets of its first letter and behind its last. */
export interface Tag {
  start: number;
  end: number;
  /** `{{#…}}` and `{{^…}}` open a block, `{{/…}}` closes one. */
  opens?: boolean;
  closes?: boolean;
}

export interface OpenBlock {
  name: string;
  start: number;
  /** How many levels it adds: one, and one for each `{{else if}}`. */
  levels: number;
}

export interface Scan {
  /** Without comments. */
  tags: Tag[];
  comments: Tag[];
  /** Blocks that are never closed, outermost first. */
  open: OpenBlock[];
  /** Where a tag starts that never ends: what follows was not read. */
  unfinished?: number;
}

const marker = /\{\{~?(?:(!--|!|\{\{|#|\/)|(\^|\s*else\b)(\s*~?\}\})?)?/y; // as the lexer tells kinds of tags apart

/**
 * Reads the source once, without parsing it, as Handlebars' lexer would split it: what nests too deeply would keep the parser busy
 * for seconds, or end the process.
 * @throws TemplateFault `template_too_large` for too many tags, or a block or call nested too deeply, `template_invalid` for a raw block
 */
export function scan(written: string): Scan {
  const { text: source } = withCurlyTags(written);
  const tags: Tag[] = [];
  const comments: Tag[] = [];
  const open: OpenBlock[] = [];
  let depth = 0;
  let next = 0;
  for (;;) {
    const start = source.indexOf('{{', next);
    if (start === -1) return { tags, comments, open };
    if (isEscaped(source, start)) {
      next = start + 2;
      continue;
    }
    marker.lastIndex = start;
    const [head = '{{', sign, inverse, bare] = marker.exec(source) ?? [];
    if (sign === '{{') throw rawBlock(source, start);
    const end = sign?.startsWith('!') ? commentEnd(source, start + head.length, sign) : tagEnd(source, start);
    if (end === undefined) return { tags, comments, open, unfinished: start }; // the parser ends here too
    next = end;
    if (sign?.startsWith('!')) {
      comments.push({ start, end });
      continue;
    }
    const opens = sign === '#' || (inverse === '^' && bare === undefined);
    if (tags.length === limits.tags) throw tooManyTags(source, start);
    tags.push({ start, end, ...(opens && { opens }), ...(sign === '/' && { closes: true }) });
    const last = open[open.length - 1];
    if (sign === '/') depth -= open.pop()?.levels ?? 0;
    else if (opens) {
      open.push({ name: nameAt(source, start + head.length), start, levels: 1 });
      depth += 1;
    } else if (inverse !== undefined && bare === undefined && last) {
      last.levels += 1; // `{{else if}}` is a block in the block, ended by the same closing tag
      depth += 1;
    }
    if (depth > limits.blockDepth) throw tooDeep(source, start);
  }
}

/** `\{{` is text; `\\{{` is a backslash and a tag. */
function isEscaped(source: string, at: number): boolean {
  return source[at - 1] === '\\' && source[at - 2] !== '\\';
}

function commentEnd(source: string, from: number, sign: string): number | undefined {
  const closing = sign === '!' ? /\}\}/g : /--~?\}\}/g;
  closing.lastIndex = from - sign.length + 1; // `{{!--}}` is whole
  return closing.test(source) ? closing.lastIndex : undefined;
}

function nameAt(source: string, from: number): string {
  return /^[\s>*]*([^\s~}()|="']{0,40})/.exec(source.slice(from, from + 60))?.[1] ?? '';
}

function rawBlock(source: string, at: number): TemplateFault {
  return new TemplateFault(
    'template_invalid',
    'Raw blocks ({{{{…}}}}) are not available: write \\{{ to show braces as they are.',
    placeAt(source, at),
  );
}

function tooManyTags(source: string, at: number): TemplateFault {
  return new TemplateFault(
    'template_too_large',
    `The template has more than ${limits.tags.toLocaleString('en')} tags ({{…}}), those of its blocks included. ` +
      'Write what repeats once, in {{#each …}}, or split the mail.',
    placeAt(source, at),
  );
}

function tooDeep(source: string, at: number): TemplateFault {
  return new TemplateFault(
    'template_too_large',
    `More than ${limits.blockDepth} blocks are nested in each other: split the template, or simplify its conditions.`,
    placeAt(source, at),
  );
}
