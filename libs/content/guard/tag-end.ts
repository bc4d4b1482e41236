import { TemplateFault } from './fault.ts';
import { limits } from './limits.ts';
import { placeAt } from './place.ts';

const quotes = new Map([
  ['"', '"'],
  ["'", "'"],
  ['[', ']'],
]);

/**
 * The offset behind the tag that starts here, or undefined when it does not end. Braces and parentheses within quotes and `[…]` are text.
 * @throws TemplateFault `template_too_large` for calls nested too deeply
 */
export function tagEnd(source: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start + 2; at < source.length; at++) {
    const letter = source[at] ?? '';
    const closing = quotes.get(letter);
    if (closing !== undefined) {
      const end = quoteEnd(source, at + 1, closing);
      if (end === undefined) return undefined;
      at = end;
    } else if (letter === '(') {
      depth += 1;
      if (depth > limits.callDepth) throw tooManyCalls(source, at);
    } else if (letter === ')') depth -= 1;
    else if (letter === '}' && source[at + 1] === '}') return at + (source[at + 2] === '}' ? 3 : 2);
  }
  return undefined;
}

/** The first closing sign that no backslash precedes, else the last one: as the lexer's greedy pattern finds it. */
function quoteEnd(source: string, from: number, closing: string): number | undefined {
  let last: number | undefined;
  for (let at = source.indexOf(closing, from); at !== -1; at = source.indexOf(closing, at + 1)) {
    if (source[at - 1] !== '\\') return at;
    last = at;
  }
  return last;
}

function tooManyCalls(source: string, at: number): TemplateFault {
  return new TemplateFault(
    'template_too_large',
    `More than ${limits.callDepth} calls are nested in each other: use fewer parentheses.`,
    placeAt(source, at),
  );
}
