/** Whether each word that is looked for stands somewhere in a text, in whatever case and however its accents are put together. */
export function hasWords(text: string, wanted: string): boolean {
  const searched = plain(text);
  return plain(wanted)
    .split(/\s+/)
    .every((word) => searched.includes(word));
}

const plain = (text: string): string => text.normalize('NFC').toLocaleLowerCase();
