/** Braces of template code that readers see, and where. */
export interface StrayBraces {
  sign: '{{' | '}}';
  at: number;
}

/** Elements whose content is no text of the mail: minified style sheets and JSON end in braces. */
const hidden = /<(style|script)(?=[\s>])[\s\S]*?(?:<\/\1\s*>|$)/gi;
/** So far back the braces are looked for that `}}` closes. */
const reach = 500;

/** `{{`, and `}}` that closes nothing but a tag: what a mail shows when template code, or its data, went wrong. */
export function* strayBraces(text: string): Generator<StrayBraces> {
  let asides: readonly { start: number; end: number }[] | undefined;
  for (const { 0: sign, index: at } of text.matchAll(/\{\{|\}\}/g)) {
    if (sign === '}}' && closesBraces(text, at)) continue;
    asides ??= [...text.matchAll(hidden)].map(({ 0: all, index }) => ({ start: index, end: index + all.length }));
    if (asides.some(({ start, end }) => start <= at && at < end)) continue;
    yield { sign: sign as StrayBraces['sign'], at };
  }
}

/** The first ones; cheap where there are none, as in nearly all mails. */
export function firstStrayBraces(text: string): StrayBraces | undefined {
  if (!text.includes('{{') && !text.includes('}}')) return undefined;
  for (const found of strayBraces(text)) return found;
  return undefined;
}

/** A part of a mail as it is rendered, with its blocks. */
interface PartSource {
  name: string;
  source: string;
}

/**
 * Whether the author of a part, or of a block in it, wrote some as `\\{{`: those are meant. The preheader stands in the HTML; without a text of its own
 * the mail's is made of that.
 */
export function meansBraces(parts: readonly PartSource[], part: string): boolean {
  const isMeant = (wanted: string): boolean =>
    parts.some(({ name, source }) => name === wanted && source.includes('\\{{'));
  if (isMeant(part)) return true;
  if (part === 'text' && !parts.some(({ name }) => name === 'text')) return meansBraces(parts, 'source');
  return part === 'source' && isMeant('preheader');
}

/** Two braces that stand apart were opened for it, as in `{"a":{"b":1}}`. */
function closesBraces(text: string, at: number): boolean {
  let closed = 0;
  let opened = 0;
  for (let before = at - 1; before >= Math.max(0, at - reach); before--) {
    if (text[before] === '}') closed += 1;
    else if (text[before] !== '{') continue;
    else if (closed > 0) closed -= 1;
    else if (text[before - 1] === '{') return false;
    else if (++opened === 2) return true;
  }
  return false;
}
