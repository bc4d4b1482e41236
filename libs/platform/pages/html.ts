import { escapeHtml } from './escape-html.ts';

/** HTML that may be put into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | Html[] | string | number | undefined;

/** Builds HTML: everything put in is escaped unless it is HTML already. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.map((text, index) => text + shown(parts[index])).join(''));
}

function shown(part: Part): string {
  if (part === undefined) return '';
  if (Array.isArray(part)) return part.map(({ text }) => text).join('');
  return part instanceof Html ? part.text : escapeHtml(String(part));
}
