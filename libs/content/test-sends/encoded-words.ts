/** At most 75 letters of base64 and frame a word (RFC 2047, 2). */
const mostBytes = 45;

/** A header's text as encoded words, a line each; for what looks like such words itself, and would be decoded to something else. */
export function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > mostBytes) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((some) => `=?UTF-8?B?${Buffer.from(some).toString('base64')}?=`).join('\r\n ');
}
