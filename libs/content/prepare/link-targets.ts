import { markupOf } from './markup.ts';

const attribute = /\s*([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?/g;

/** The HTML with links and forms that say nothing of the window in which they open. */
export function withoutTargets(html: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { kind, name, start, end } of markupOf(html)) {
    if (kind !== 'open' || !['a', 'area', 'form'].includes(name)) continue;
    const head = start + 1 + name.length;
    const rest = html
      .slice(head, end)
      .replace(attribute, (all, attributeName: string) => (attributeName.toLowerCase() === 'target' ? '' : all));
    pieces.push(html.slice(at, head), rest);
    at = end;
  }
  return pieces.join('') + html.slice(at);
}
