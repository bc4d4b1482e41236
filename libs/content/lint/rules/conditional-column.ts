import type { HtmlTag, LintedPart } from '../mail/index.ts';
import type { Rule } from '../rule.ts';

/** What MJML puts next to each other, in a section or a group. */
interface Columns {
  /** The blocks around all of them. */
  around: string;
  /** Each with the blocks around it. */
  columns: { tag: HtmlTag; around: string }[];
}

export const conditionalColumn: Rule = {
  id: 'conditional-column',
  severity: 'warning',
  about: 'MJML columns that are not there for everybody: the width is shared among all columns of the source.',
  *check({ parts }) {
    for (const part of parts) {
      const hasWidth = widthsOf(part);
      for (const { around, columns } of columnsIn(part)) {
        if (new Set(columns.map((one) => one.around)).size < 2) continue; // all are there, or none
        if (columns.every(({ tag }) => hasWidth(tag))) continue;
        const first = columns.find((one) => one.around !== around);
        if (first) yield { message, at: part.spot(first.tag.start, first.tag.end) };
      }
    }
  },
};

const message =
  'Not everybody sees all columns here, but MJML shares the width among those of the source: where one is left out, the others stay narrow. ' +
  'Put the condition around whole sections, one for each number of columns, or give each column a width.';

/** Tells whether a column has a width: its own, or one of `mj-attributes`. */
function widthsOf({ html: { opening } }: LintedPart): (column: HtmlTag) => boolean {
  const body = opening.find(({ name }) => name === 'mj-body')?.start ?? 0;
  const given = opening.filter(({ start, attributes }) => start < body && attributes.has('width'));
  return ({ name, attributes }) => {
    if (attributes.has('width') || given.some((one) => one.name === name || one.name === 'mj-all')) return true;
    const classes = attributes.get('mj-class')?.value.split(/\s+/) ?? [];
    return given.some((one) => one.name === 'mj-class' && classes.includes(one.attributes.get('name')?.value ?? ''));
  };
}

function columnsIn(part: LintedPart): Columns[] {
  let section: Columns = { around: '', columns: [] };
  let group: Columns = section;
  const found = [section];
  const source = part.source.toLowerCase();
  let groupEnd = 0;
  for (const [tag, around] of blocksAround(part)) {
    if (tag.name === 'mj-section') found.push((section = { around, columns: [] }));
    else (tag.start < groupEnd ? group : section).columns.push({ tag, around });
    if (tag.name !== 'mj-group') continue;
    found.push((group = { around, columns: [] }));
    if (tag.end <= groupEnd) continue;
    const closing = source.indexOf('</mj-group', tag.end);
    groupEnd = closing === -1 ? Infinity : closing;
  }
  return found;
}

/** Of sections and what stands in them as a column: the blocks around it, and in which of their parts it is; the same text for the same ones. */
function* blocksAround({ html, tags, source }: LintedPart): Generator<[HtmlTag, string]> {
  const open: string[] = [];
  let next = 0;
  for (const tag of html.opening) {
    if (!/^mj-(?:section|group|column)$/.test(tag.name)) continue;
    for (let code = tags[next]; code && code.start < tag.start; code = tags[++next]) {
      if (code.closes) open.pop();
      else if (code.opens) open.push(`${code.start}`);
      else if (/^..~?\s*(?:else\b|\^)/.test(source.slice(code.start, code.end)))
        open.push(`${open.pop() ?? ''}-${code.start}`);
    }
    yield [tag, open.join(' ')];
  }
}
