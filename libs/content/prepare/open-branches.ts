import { scan } from '../guard/index.ts';
import { internalHelpers as internal } from './internal-helpers.ts';
import type { Markup } from './markup.ts';

/** Elements that hold nothing and are never closed. */
const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/** What is always shown, once: these are no branches. */
const always = new RegExp(`^\\{\\{~?[#/]\\${internal.block}\\b|^\\{\\{~?[#/]\\${internal.slot}\\b`);
const another = /^\{\{~?\s*(?:else\b|\^)/;

/**
 * Whether a branch or a loop leaves elements open, or closes some from outside: `{{#if a}}<div class="x">{{else}}<div class="y">{{/if}}…</div>`.
 * Then it hangs on the person what stands in what.
 */
export function hasOpenBranches(source: string, markups: readonly Markup[]): boolean {
  const elements: string[] = [];
  /** How many elements were open when each branch began. */
  const branches: number[] = [];
  let next = 0;
  const isLeftOpenAt = (end: number): boolean => {
    for (let markup = markups[next]; markup && markup.start < end; markup = markups[++next]) {
      const { kind, name, selfClosing } = markup;
      if (kind === 'open' && !selfClosing && !empty.has(name)) elements.push(name);
      if (kind !== 'close') continue;
      const opened = elements.lastIndexOf(name);
      if (opened !== -1) elements.length = opened;
      if (elements.length < (branches.at(-1) ?? 0)) return true;
    }
    return false;
  };
  for (const { start, end, opens, closes } of scan(source).tags) {
    if (isLeftOpenAt(start)) return true;
    const tag = source.slice(start, end);
    if (always.test(tag)) continue;
    const isElse = another.test(tag) && !opens;
    if ((isElse || closes) && elements.length > (branches.at(-1) ?? 0)) return true;
    if (opens) branches.push(elements.length);
    if (closes) branches.pop();
  }
  return isLeftOpenAt(source.length);
}
