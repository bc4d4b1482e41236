/** Control characters of the outside world do not reach the terminal; line breaks stay. */
export function plainText(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '');
}

/** The same on one line. */
export function oneLine(text: string): string {
  return plainText(text.replaceAll(/\s+/g, ' '));
}
