const ascii = /^[\0-\x7f]*$/;
const unseen = /\p{Default_Ignorable_Code_Point}/gu;
const otherWidths = /[\u3000\uff01-\uffee]/g;

/** A text with its letters composed: é is one letter, however it was typed. */
export function composed(text: string): string {
  return ascii.test(text) ? text : text.normalize('NFC');
}

/**
 * Addresses and numbers in one way of writing: composed letters, signs of the usual width (RFC 8265, UsernameCaseMapped), none of the marks without a width that
 * are copied along (zero-width spaces, directions, soft hyphens). Letters that only look alike stay others: `ª` is no a, whose address is somebody else's.
 */
export function plainLetters(text: string): string {
  if (ascii.test(text)) return text;
  return text
    .replace(otherWidths, (sign) => sign.normalize('NFKC'))
    .replace(unseen, '')
    .normalize('NFC');
}

/** An e-mail address as it is compared, trimmed. A Turkish capital is no other letter than i: lower case alone would leave its dot behind. */
export function comparableEmail(text: string): string {
  return plainLetters(text).replaceAll('İ', 'i').toLowerCase().trim();
}
