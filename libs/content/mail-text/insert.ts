/** Puts text right behind an opening tag such as `<body …>`, or in front of all when there is none; in linear time. */
export function insertBehindTag(html: string, tag: string, inserted: string): string {
  const start = html.search(new RegExp(`<${tag}(?=[\\s>])`, 'i'));
  const end = start === -1 ? -1 : html.indexOf('>', start);
  return end === -1 ? inserted + html : html.slice(0, end + 1) + inserted + html.slice(end + 1);
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
