import { insertBehindTag } from '../../compose/index.ts';
import { withoutTargets } from '../../prepare/index.ts';

/**
 * The mail as the frame shows it. A click opens links in a new window, whatever they say themselves, which the sandbox forbids; and the page's
 * policy lets the frame go nowhere else, so no link of a preview ever acts on the person, or takes the mail away.
 */
export function mailDocument(written: string): string {
  const html = withoutTargets(written);
  const base = '<base target="_blank">';
  if (/<head(?=[\s>])/i.test(html)) return insertBehindTag(html, 'head', base);
  if (/<html(?=[\s>])/i.test(html)) return insertBehindTag(html, 'html', `<head>${base}</head>`);
  return `<!doctype html><html><head><meta charset="utf-8">${base}</head><body>${html}</body></html>`;
}
