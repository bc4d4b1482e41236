import { markupOf } from './markup.ts';

/** Schemes that run code, or lead nowhere but to the reader's own device. */
const unsafe = /^(?:javascript|vbscript|data|file|blob):/i;

/** A link whose address does not begin as nearly all do: only then is the markup looked through. */
const unusual = /href\s*=\s*["']?(?!https?:|mailto:|tel:|sms:|[#/?"'>])/i;

const attribute = /([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?/g;

/** Tags whose `href` nobody clicks. */
const noLinks = new Set(['link', 'base']);

/** Whether mail clients block links to it. @param written as it stands in the markup */
export function isUnsafeAddress(written: string): boolean {
  return unsafe.test(asBrowsersRead(written));
}

/** The addresses of a mail's links that mail clients block, each once and as browsers read it. */
export function unsafeLinks(html: string): string[] {
  if (!unusual.test(html)) return [];
  const found = new Set<string>();
  for (const { kind, name, start, end } of markupOf(html)) {
    if (kind !== 'open' || noLinks.has(name)) continue;
    for (const [, attributeName = '', value = ''] of html.slice(start + 1 + name.length, end).matchAll(attribute)) {
      if (!/^(?:xlink:)?href$/i.test(attributeName)) continue;
      const address = asBrowsersRead(/^["']/.test(value) ? value.slice(1, -1) : value);
      if (unsafe.test(address)) found.add(address);
    }
  }
  return [...found];
}

/** Tabs and line ends anywhere, and control characters and spaces in front, are passed over (WHATWG URL, 4.4). */
export function asBrowsersRead(written: string): string {
  return decoded(written)
    .replace(/[\t\n\r]/g, '')
    .replace(/^[\u0000-\u0020]+/, '');
}

const named: Record<string, string> = {
  ...{ colon: ':', Tab: '\t', NewLine: '\n' },
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" },
};

/** With the character references behind which a scheme may hide, and those that escape a value. */
function decoded(written: string): string {
  return written.replace(
    /&(?:#x0*([0-9a-f]{1,6})|#0*(\d{1,7})|(colon|Tab|NewLine|amp|lt|gt|quot|apos)(?=;));?/gi,
    (reference, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? reference;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : reference;
    },
  );
}
