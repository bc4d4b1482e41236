import { limits, placeAt, scan, TemplateFault, type Tag } from '../guard/index.ts';
import { markupOf } from './markup.ts';
import { maskTags } from './mask.ts';
import type { LinkedSource } from './sources.ts';

/** MJML components whose content MJML leaves as it is. */
const textComponents = new Set(
  'mj-text mj-button mj-raw mj-table mj-style mj-title mj-preview mj-navbar-link mj-social-element mj-accordion-title mj-accordion-text'.split(
    ' ',
  ),
);

/**
 * MJML as HTML. Handlebars' tags are hidden from it and put back: in text and attributes as they are, between components as `mj-raw`.
 * @throws TemplateFault when the MJML cannot be read, or when it drops a tag
 */
export async function compileMjml({ text, origins }: LinkedSource): Promise<LinkedSource & { notes: string[] }> {
  const include = /<mj-include\b/i.exec(text);
  if (include) throw invalid('mj-include is not available: use a block, {{> name}}.', text, include.index);
  const { tags } = scan(text);
  const prefix = unusedWord(text);
  const { default: mjml } = await import('mjml');
  let html: string;
  const notes: string[] = [];
  try {
    // MJML would add Google's servers for the fonts that it names by default: whoever opened the mail would be told to them.
    const options = { validationLevel: 'soft', ignoreIncludes: true, fonts: {} } as const;
    const compiled = await mjml(hideTags(text, tags, prefix), options);
    html = compiled.html;
    notes.push(
      ...compiled.errors
        .filter(({ message }) => !message.includes(prefix))
        .map(({ tagName, message }) => `${tagName}: ${message}`),
    );
  } catch (thrown) {
    const reason = thrown instanceof Error ? (thrown.message.split('\n', 1)[0] ?? '') : String(thrown);
    throw new TemplateFault('template_invalid', `The MJML cannot be compiled: ${clean(reason, prefix)}.`);
  }
  if (html.length > limits.preparedBytes) throw tooLarge();
  const order: number[] = [];
  const restored = html.replace(new RegExp(`${prefix}(\\d+)z`, 'g'), (_, digits: string) => {
    const index = Number(digits);
    const tag = tags[index];
    if (!tag) return '';
    order.push(index);
    return text.slice(tag.start, tag.end);
  });
  const kept = new Set(order);
  const lost = tags.findIndex((_, index) => !kept.has(index));
  if (lost !== -1) throw invalid(lostAdvice, text, tags[lost]?.start ?? 0);
  return { text: restored, origins: order.map((index) => origins[index] ?? { offset: 0 }), notes: notes.slice(0, 20) };
}

const lostAdvice =
  'MJML drops this tag: it can stand in text, in the values of attributes such as href, and between components, but not where MJML calculates (width, padding) or among the attributes of a tag.';

function hideTags(text: string, tags: Tag[], prefix: string): string {
  const between = betweenComponents(maskTags(text), tags);
  let at = 0;
  const pieces = tags.map(({ start, end }, index) => {
    const word = `${prefix}${index}z`;
    const piece = text.slice(at, start) + (between[index] ? `<mj-raw>${word}</mj-raw>` : word);
    at = end;
    return piece;
  });
  return (pieces.join('') + text.slice(at)).replace(/\{\{!--[\s\S]*?--~?\}\}|\{\{![\s\S]*?\}\}/g, '');
}

/** For each tag, whether MJML would take it for stray text between its components. */
function betweenComponents(masked: string, tags: Tag[]): boolean[] {
  const result: boolean[] = [];
  const open: string[] = [];
  let next = 0;
  const passUpTo = (offset: number, between: boolean): void => {
    for (; next < tags.length && (tags[next]?.start ?? 0) < offset; next++) result[next] = between;
  };
  for (const { kind, name, start, end, selfClosing } of markupOf(masked, textComponents)) {
    passUpTo(start, open.length > 0 && !textComponents.has(open[open.length - 1] ?? ''));
    passUpTo(end, false);
    if (kind === 'open' && !selfClosing) open.push(name);
    else if (kind === 'close' && open[open.length - 1] === name) open.pop();
  }
  passUpTo(Infinity, false);
  return result;
}

/** A word of letters that the source does not have. */
function unusedWord(text: string): string {
  let word = 'mrtag';
  while (text.includes(word)) word += 'q';
  return word;
}

function clean(reason: string, prefix: string): string {
  return reason
    .replace(new RegExp(`${prefix}\\d+z`, 'g'), '{{…}}')
    .replace(/\.$/, '')
    .slice(0, 200);
}

function invalid(message: string, text: string, offset: number): TemplateFault {
  return new TemplateFault('template_invalid', message, placeAt(text, offset));
}

function tooLarge(): TemplateFault {
  return new TemplateFault(
    'template_too_large',
    `The MJML makes more than ${limits.preparedBytes / 1024} KB of HTML: split the mail, or use fewer sections.`,
  );
}
