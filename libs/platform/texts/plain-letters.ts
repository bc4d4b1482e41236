const ascii = /^[\0-\x7f]*$/;
const unseen = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * Addresses and numbers in one way of writing: composed letters, signs of the usual width, none of the marks without a width that are copied along (zero-width
 * spaces, directions, soft hyphens).
 */
export function plainLetters(text: string): string {
  return ascii.test(text) ? text : text.normalize('NFKC').replace(unseen, '');
}

/** An e-mail address as it is compared. A Turkish capital is no other letter than i: lower case alone would leave its dot behind. */
export function comparableEmail(text: string): string {
  return plainLetters(text).replaceAll('İ', 'i').toLowerCase();
}
