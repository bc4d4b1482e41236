const loneSurrogates = /\p{Surrogate}/gu;

/**
 * Text as it comes out of a mail again, whatever carried it: lines end with a line feed alone (mail servers write what they like),
 * and half a surrogate pair, which UTF-8 cannot say, is the replacement character.
 */
export function normalText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(loneSurrogates, '\ufffd');
}
