import { insertBehindTag } from '../../compose/index.ts';

/**
 * The mail as the frame shows it. A click opens links in a new window, which the sandbox forbids; and the page's policy lets
 * the frame go nowhere else, so no link of a preview ever acts on the person.
 */
export function mailDocument(html: string): string {
  const base = '<base target="_blank">';
  if (/<head(?=[\s>])/i.test(html)) return insertBehindTag(html, 'head', base);
  if (/<html(?=[\s>])/i.test(html)) return insertBehindTag(html, 'html', `<head>${base}</head>`);
  return `<!doctype html><html><head><meta charset="utf-8">${base}</head><body>${html}</body></html>`;
}
