import { slotName, slugOf } from '../guard/index.ts';

/** A tag that uses a block, taken apart; the guard has checked its syntax. */
export interface BlockTag {
  slug: string;
  isSlot: boolean;
  /** It has a body of its own: `{{#> layout}}…{{/layout}}`. */
  hasBody: boolean;
  /** As it is written, without the name. */
  args: string;
  /** Where they start in the tag. */
  argsAt: number;
  /** `~` where the tag takes white space away. */
  before: string;
  after: string;
  /** Iterable's: arguments by position are parameters in order. */
  isSnippet: boolean;
}

const partial = /^\{\{(~?)(#?)>\s*("[^"]*"|'[^']*'|\[[^\]]*\]|[^\s~}]+)([\s\S]*?)(~?)\}\}$/;
const snippet = /^\{\{\{?(~?)&?\s*snippet\s+("[^"]*"|'[^']*')([\s\S]*?)(~?)\}\}\}?$/;

export function blockTagOf(text: string): BlockTag | undefined {
  const [, before = '', sign, written, args = '', after = ''] = partial.exec(text) ?? [];
  if (written !== undefined) {
    const name = written.replace(/^["'[]|["'\]]$/g, '');
    const argsAt = text.length - 2 - after.length - args.length;
    return {
      slug: name,
      isSlot: name === slotName,
      hasBody: sign === '#',
      args,
      argsAt,
      before,
      after,
      isSnippet: false,
    };
  }
  const [, open = '', quoted, rest = '', close = ''] = snippet.exec(text) ?? [];
  if (quoted === undefined) return undefined;
  const slug = slugOf(quoted.slice(1, -1));
  const argsAt = text.indexOf(rest, text.indexOf(quoted) + quoted.length);
  return { slug, isSlot: false, hasBody: false, args: rest, argsAt, before: open, after: close, isSnippet: true };
}
