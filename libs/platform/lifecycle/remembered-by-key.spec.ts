import { expect, it } from '@jest/globals';
import { RememberedByKey } from './remembered-by-key.ts';

function counted(most: number): RememberedByKey<string> {
  let reads = 0;
  return new RememberedByKey(60_000, most, (key) => Promise.resolve(`${key} ${(reads += 1)}`));
}

it('each key is read once, and again when it was changed here', async () => {
  const remembered = counted(10);
  const both = [remembered.get('a'), remembered.get('b'), remembered.get('a')];
  expect(await Promise.all(both)).toEqual(['a 1', 'b 2', 'a 1']);
  remembered.forget('a');
  expect(await Promise.all([remembered.get('a'), remembered.get('b')])).toEqual(['a 3', 'b 2']);
});

it('holds so many keys at most', async () => {
  const remembered = counted(2);
  await Promise.all(['a', 'b', 'c'].map((key) => remembered.get(key)));
  expect(await remembered.get('c')).toBe('c 3');
  expect(await remembered.get('a')).toBe('a 4');
});
