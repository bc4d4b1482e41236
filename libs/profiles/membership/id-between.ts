const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** As many letters as a number holds exactly. */
const letters = 10;

/** The id at a share (0 to 1) of the way between two ids of one kind, as sorted texts. */
export function idBetween(low: string, high: string, share: number): string {
  let same = 0;
  while (same < low.length && low[same] === high[same]) same++;
  const [from, to] = [numberOf(low, same), numberOf(high, same)];
  return low.slice(0, same) + textOf(Math.floor(from + (to - from) * share));
}

function numberOf(id: string, start: number): number {
  let number = 0;
  for (let at = start; at < start + letters; at++) number = number * 32 + Math.max(0, alphabet.indexOf(id[at] ?? '0'));
  return number;
}

function textOf(number: number): string {
  let text = '';
  let rest = number;
  for (let letter = 0; letter < letters; letter++) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
