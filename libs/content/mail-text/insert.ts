import { markupOf } from '../prepare/index.ts';

/** Puts text right behind an opening tag such as `<body …>`, or in front of all when there is none; in linear time. What comments say for Outlook is none. */
export function insertBehindTag(html: string, tag: string, inserted: string): string {
  if (html.search(new RegExp(`<${tag}(?=[\\s>])`, 'i')) === -1) return inserted + html;
  for (const { kind, name, end } of markupOf(html)) {
    if (kind === 'open' && name === tag && html[end - 1] === '>')
      return html.slice(0, end) + inserted + html.slice(end);
  }
  return inserted + html;
}

/** Of its own: who renders loads nothing of the platform. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The preheader as mail clients read it: in the body, not shown, and kept apart from the text that follows. */
export function withPreheader(html: string, preheader: string): string {
  return preheader === '' ? html : insertBehindTag(html, 'body', hiddenPreheader(preheader));
}

/** What `withPreheader` inserts, wherever it does. */
export function hiddenPreheader(preheader: string): string {
  if (preheader === '') return '';
  const style = 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all';
  const space = '&#847;&zwnj;&nbsp;'.repeat(30);
  return `<div style="${style}">${escapeHtml(preheader)}${space}</div>`;
}
