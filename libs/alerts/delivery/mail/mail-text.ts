import { itemsOf, type AlertNotice } from '../../messages/notice.ts';

/** A notice as plain text and as simple HTML. */
export function mailText({ data }: AlertNotice): { text: string; html: string } {
  const { items: concerned, count } = itemsOf(data);
  const more = count - concerned.length;
  const times = data.recoveredAt ? `From ${data.since} to ${data.recoveredAt}.` : `Since ${data.since}.`;
  const last = `Rule: ${data.rule.name}`;
  const text = [
    `${data.title}.`,
    times,
    '',
    ...concerned.map(({ name, message }) => `- ${name}: ${message}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(concerned.length > 0 ? [''] : []),
    data.advice,
    '',
    data.url,
    last,
    '',
  ].join('\n');
  const items = concerned.map(({ name, message }) => `<li><b>${escaped(name)}</b>: ${escaped(message)}</li>`);
  if (more > 0) items.push(`<li>and ${more} more</li>`);
  const html = [
    `<p><b>${escaped(data.title)}</b><br>${escaped(times)}</p>`,
    items.length > 0 ? `<ul>${items.join('')}</ul>` : '',
    `<p>${escaped(data.advice)}</p>`,
    `<p><a href="${escaped(data.url)}">${escaped(data.url)}</a><br>${escaped(last)}</p>`,
  ].join('\n');
  return { text, html };
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
