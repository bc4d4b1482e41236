const beyondAscii = /[^\x00-\x7f]/;

export function isAsciiText(text: string): boolean {
  return !beyondAscii.test(text);
}
