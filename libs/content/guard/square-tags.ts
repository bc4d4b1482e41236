/** A source whose tags in square brackets stand in curly ones, of the same length; and where those started. */
export interface CurlySource {
  text: string;
  /** Offsets of what was `[[`. */
  squares: ReadonlySet<number>;
}

const name = String.raw`(?:[A-Za-z_]\w*|\[[^\[\]]*\])`;
const path = String.raw`${name}(?:\.${name})*`;
const inLoop = String.raw`(?:@\w+|(?:\.\./)*(?:\.|this(?:\.${path})?|${path}))`;
/** What may stand anywhere: a field of a feed that is named, and blocks over one. */
const outside = new RegExp(
  String.raw`^~?\s*(?:(\{?)\s*[A-Za-z_]\w*(?:\.${name})+\s*(\}?)|#(?:each|if|unless|with)\s+${path}(?:\s+as\s+\|[\w\s]+\|)?)\s*~?$`,
);
/** Within such a block also its fields, `else`, and its end. */
const inside = new RegExp(
  String.raw`^~?\s*(?:(\{?)\s*${inLoop}\s*(\}?)|#(?:each|if|unless|with)\s+${inLoop}(?:\s+as\s+\|[\w\s]+\|)?|/(?:each|if|unless|with)|else)\s*~?$`,
);
const longest = 500;

/**
 * Iterable's tags of data feeds, `[[news.title]]`, `[[{news.html}]]`, `[[#each news.items]]…[[/each]]`, as Handlebars has tags. Whatever else stands in
 * double square brackets is text, as it is for Iterable's neighbours: `[[firstname]]` names no feed.
 */
export function withCurlyTags(source: string): CurlySource {
  const squares = new Set<number>();
  if (!source.includes('[[')) return { text: source, squares };
  const pieces: string[] = [];
  const depth = new Depth();
  let kept = 0;
  let curly = source.indexOf('{{');
  for (let at = source.indexOf('[['); at !== -1;) {
    while (curly !== -1 && curly < at) {
      const end = source.indexOf('}}', curly);
      if (end === -1) return { text: pieces.join('') + source.slice(kept), squares };
      depth.pass(source.slice(curly, curly + 9));
      at = Math.max(at, end);
      curly = source.indexOf('{{', end);
    }
    at = source.indexOf('[[', at);
    if (at === -1) break;
    if (curly !== -1 && curly < at) continue;
    const end = source[at - 1] === '\\' ? undefined : endOf(source, at + 2);
    const content = end === undefined ? '' : source.slice(at + 2, end);
    const found = (depth.loops > 0 ? inside : outside).exec(content);
    if (end === undefined || !found || (found[1] ?? '').length !== (found[2] ?? '').length) {
      at = source.indexOf('[[', at + 1);
      continue;
    }
    if (/^~?\s*#/.test(content)) depth.loops += 1;
    if (/^~?\s*\//.test(content)) depth.loops -= 1;
    squares.add(at);
    pieces.push(source.slice(kept, at), '{{', content, '}}');
    kept = end + 2;
    at = source.indexOf('[[', kept);
  }
  return { text: pieces.join('') + source.slice(kept), squares };
}

/** How many blocks in square brackets are open. What is put in for a block stands in none; the body that its caller gave stands where the caller does. */
class Depth {
  loops = 0;
  readonly #outer: number[] = [];

  pass(tag: string): void {
    if (tag.startsWith('{{#$block')) this.#open(0);
    else if (tag.startsWith('{{#$slot')) this.#open(this.#outer.at(-1) ?? 0);
    else if (/^\{\{\/\$(?:block|slot)/.test(tag)) this.loops = this.#outer.pop() ?? 0;
  }

  #open(loops: number): void {
    this.#outer.push(this.loops);
    this.loops = loops;
  }
}

/** Where the `]]` starts that ends a tag; `[0]` within it does not. */
function endOf(source: string, from: number): number | undefined {
  let isOpen = false;
  const last = Math.min(source.length, from + longest);
  for (let at = from; at < last; at++) {
    const letter = source[at];
    if (letter === '[' && isOpen) return undefined;
    if (letter === '[') isOpen = true;
    else if (letter === ']' && isOpen) isOpen = false;
    else if (letter === ']') return source[at + 1] === ']' ? at : undefined;
  }
  return undefined;
}
