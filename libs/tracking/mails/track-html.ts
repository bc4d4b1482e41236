import type { LinkMaker } from '../links/index.ts';
import { linksOf } from './hrefs.ts';

export interface TrackedHtml {
  html: string;
  /** How many links were changed. */
  links: number;
}

/**
 * A mail's HTML with tracked links and one pixel at its end; nothing else of it changes. Links that cannot be tracked, or say
 * `clicktracking="off"`, stay as they are.
 */
export function trackHtml(html: string, { click, pixel }: LinkMaker): TrackedHtml {
  const { hrefs, contentEnd } = linksOf(html);
  const changes = hrefs.flatMap(({ url, label, isOff, start, end }) => {
    const text = isOff ? undefined : click({ url, label });
    return text === undefined ? [] : [{ start, end, text }];
  });
  const end = { start: contentEnd, end: contentEnd, text: pictureOf(pixel()) };
  let tracked = '';
  let read = 0;
  for (const change of [...changes, end].sort((a, b) => a.start - b.start)) {
    tracked += html.slice(read, change.start) + change.text;
    read = change.end;
  }
  return { html: tracked + html.slice(read), links: changes.length };
}

/** Not `display:none`: mail programs leave out pictures that nobody would see. */
export function pictureOf(pixel: string): string {
  return `<img src="${pixel}" width="1" height="1" alt="" style="border:0;height:1px;width:1px;overflow:hidden">`;
}
