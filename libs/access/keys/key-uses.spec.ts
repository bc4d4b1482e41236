import { expect, it } from '@jest/globals';
import { createLog, hashKey, Settings } from '#platform';
import { gate } from '#tools/testing';
import { newKeyText, writeKeyText } from './key-text.ts';
import type { KeyStore } from './key-store.ts';
import { KeysService } from './keys.service.ts';
import { KeyUses } from './key-uses.ts';

const text = newKeyText();
const key = {
  _id: text.id,
  name: 'reader',
  role: 'viewer' as const,
  hash: hashKey(text.secret),
  createdAt: new Date(),
};

function keysThat(markUsed: (id: string) => Promise<void>) {
  const lines: string[] = [];
  const store = { findActive: async () => key, markUsed } as unknown as KeyStore;
  const uses = new KeyUses(store, createLog({ destination: { write: (line) => void lines.push(line) } }));
  return { keys: new KeysService(store, uses, new Settings({})), uses, lines };
}

it('lets whoever has a key in while its use waits to be written, and ends when it is', async () => {
  const takesWrites = gate();
  const written: string[] = [];
  const { keys, uses } = keysThat(async (id) => {
    await takesWrites.opened;
    written.push(id);
  });
  expect(await keys.verify(writeKeyText(text))).toMatchObject({ id: text.id, role: 'viewer' });
  uses.note(text.id);
  const ended = uses.onApplicationShutdown();
  takesWrites.open();
  await ended;
  expect(written).toEqual([text.id]);
});

it('tells of a use that cannot be written', async () => {
  const { keys, uses, lines } = keysThat(() => Promise.reject(new Error('no disk')));
  expect(await keys.verify(writeKeyText(text))).toMatchObject({ name: 'reader' });
  await uses.onApplicationShutdown();
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 'error', usedKey: text.id, msg: 'could not note that a key was used' },
  ]);
});
