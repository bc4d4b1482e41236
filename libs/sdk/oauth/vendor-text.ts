const mostCharacters = 200;

/** What a vendor says of a refusal, as one short line; empty for what is no text. */
export function vendorText(value: unknown): string {
  if (typeof value !== 'string') return '';
  const text = value.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text;
}
