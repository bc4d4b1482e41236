import { newId } from '#platform';

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const perBase = 32 ** 3;

/**
 * Ids in the form of `newId`, in ascending order: random as a whole, counted in the last three letters. One random number for many ids,
 * and neighbours in the index.
 */
export function idSequence(prefix: string): () => string {
  let base = '';
  let count = perBase;
  return () => {
    if (count === perBase) {
      base = newId(prefix).slice(0, -3);
      count = 0;
    }
    const tail = letters.charAt(count >> 10) + letters.charAt((count >> 5) & 31) + letters.charAt(count & 31);
    count++;
    return base + tail;
  };
}
