/** Whether each word that is looked for stands somewhere in a text, in whatever case. */
export function hasWords(text: string, wanted: string): boolean {
  const searched = text.toLocaleLowerCase();
  return wanted
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word));
}
