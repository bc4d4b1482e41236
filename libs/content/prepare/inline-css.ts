import { withCurlyTags } from '../guard/index.ts';
import { markupOf, type Markup } from './markup.ts';
import { maskTags } from './mask.ts';
import { hasOpenBranches } from './open-branches.ts';

/** When a source's style sheets become `style` attributes. */
export type CssInlining = 'none' | 'once' | 'person';

const attribute = /\s([^\s"'<>/=]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+)/g;
const mark = 'data-mr-at';
const marked = new RegExp(`\\s${mark}="(\\d+)"`);

/** Selectors whose matches depend on how often a loop runs, or on which branch was taken. */
const structural = /:(?:first|last|nth|only|empty|not|has|is|where)|[+~]/;

/** Selectors of elements within others: `.a p`, `ul>li`. */
const nesting = />|[^\s,;{}]\s+[^\s,{}]/;

/**
 * Once a version, when no person's data can change what a selector matches; else once a person.
 * "Once" needs fixed classes and ids, no style sheet with tags, no selectors that count elements, and no data that brings elements;
 * where selectors say what stands in what, also branches that close what they open.
 */
export function planInlining(written: string): CssInlining {
  if (!/<style[\s>]/i.test(written)) return 'none';
  const { text: source } = withCurlyTags(written);
  const masked = maskTags(source);
  let byAttribute = false;
  let byNesting = false;
  let dynamic = /\{\{\{|\{\{~?&/.test(source);
  const opened: Markup[] = [];
  const markups = [...markupOf(masked)];
  for (const markup of markups) {
    if (markup.kind !== 'open') continue;
    opened.push(markup);
    if (markup.name !== 'style') continue;
    const end = masked.toLowerCase().indexOf('</style', markup.end);
    const css = withoutDeclarations(masked.slice(markup.end, end === -1 ? undefined : end));
    byAttribute ||= css.includes('[');
    byNesting ||= nesting.test(css.replace(/@[^{};]*/g, ''));
    dynamic ||= structural.test(css) || source.slice(markup.end, end === -1 ? undefined : end).includes('{{');
  }
  const decides = (name: string): boolean => byAttribute || name === 'class' || name === 'id';
  for (const { start, end } of opened) {
    if (dynamic) break;
    const tag = source.slice(start, end);
    if (!tag.includes('{{')) continue;
    dynamic ||= [...tag.matchAll(attribute)].some(
      ([, name = '', value = '']) => decides(name.toLowerCase()) && value.includes('{{'),
    );
    dynamic ||= /\{\{/.test(tag.replace(attribute, ' ')); // a tag among the attributes may bring a class
  }
  return dynamic || (byNesting && hasOpenBranches(source, markups)) ? 'person' : 'once';
}

function withoutDeclarations(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\{[^{}]*\}/g, '{}');
}

/**
 * Style sheets as `style` attributes. Nothing else of the text changes: elements are numbered in a copy whose rules are inlined, and
 * what each one got is put in front of its own style (which wins, as it does in browsers). Style sheets stay, for media queries.
 */
export async function inlineCss(source: string): Promise<string> {
  const { inline } = await import('@css-inline/css-inline');
  const masked = maskTags(source);
  const opened = [...markupOf(masked)].filter(({ kind, name }) => kind === 'open' && !headOnly.has(name));
  const inlined = inline(numbered(masked, opened), { keepStyleTags: true, loadRemoteStylesheets: false });
  const styles = new Map<number, string>();
  for (const { start, end } of markupOf(inlined)) {
    const tag = inlined.slice(start, end);
    const number = tag.includes(mark) ? marked.exec(tag)?.[1] : undefined;
    const style = number === undefined ? undefined : /\sstyle="([^"]*)"/.exec(tag)?.[1];
    if (style !== undefined) styles.set(Number(number), style);
  }
  const pieces: string[] = [];
  let at = 0;
  opened.forEach((markup, index) => {
    const style = styles.get(index);
    if (style === undefined) return;
    pieces.push(source.slice(at, markup.start), withStyle(source.slice(markup.start, markup.end), style));
    at = markup.end;
  });
  return pieces.join('') + source.slice(at);
}

const headOnly = new Set(['html', 'head', 'meta', 'title', 'style', 'link', 'base', 'script', 'xml']);

/** Each element with its number, and without a style of its own. */
function numbered(masked: string, opened: Markup[]): string {
  const pieces: string[] = [];
  let at = 0;
  opened.forEach(({ start, end, name }, index) => {
    const tag = masked
      .slice(start, end)
      .replace(attribute, (all, attributeName: string) => (attributeName.toLowerCase() === 'style' ? '' : all));
    const head = 1 + name.length;
    pieces.push(masked.slice(at, start), `${tag.slice(0, head)} ${mark}="${index}"${tag.slice(head)}`);
    at = end;
  });
  return pieces.join('') + masked.slice(at);
}

function withStyle(tag: string, style: string): string {
  const rules = style.trim().replace(/;?$/, ';');
  let found = false;
  const changed = tag.replace(attribute, (all, name: string, value: string) => {
    if (found || name.toLowerCase() !== 'style') return all;
    found = true;
    const own = /^["']/.test(value) ? value.slice(1, -1) : value;
    const quote = value.startsWith("'") ? "'" : '"';
    return ` ${name}=${quote}${quote === "'" ? rules.replaceAll("'", '&#39;') : rules} ${own}${quote}`;
  });
  if (found) return changed;
  const close = /\s*\/?>$/.exec(tag)?.[0] ?? '';
  return `${tag.slice(0, tag.length - close.length)} style="${rules}"${close}`;
}
