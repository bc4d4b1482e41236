import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mongo } from 'mongoose';
import type { Json } from '@millrace/sdk';
import { digest, type Part } from '../folding/index.ts';
import { profileBound } from './bounds.ts';
import type { StoredProfile } from './profile.schema.ts';

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 200 }),
    fc.dictionary(
      fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => !name.includes('\0')),
      tie('value'),
    ),
  ),
}));
const traits = fc.dictionary(fc.constantFrom('plan', 'städte', 'n'), value);
const ids = fc.array(
  fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => `email:${text}`),
  { maxLength: 32 },
);

it('never takes a profile for smaller than it is', () => {
  const at = new Date();
  fc.assert(
    fc.property(traits, ids, fc.option(ids, { nil: undefined }), (t, i, x) => {
      const part: Part = {
        k: `con_1/rows/${'k'.repeat(256)}`,
        a: 1,
        s: 1,
        b: 'run_1',
        i,
        t,
        ...digest(t, i),
        ...(x && { x }),
      };
      const changedTraits = Object.entries(t).map(([trait, to]) => ({ trait, from: null, to, v: 1, at }));
      const derived = { aud: i, untold: [{ audiences: i, v: 1, at }], untoldAt: at };
      const name = 'ö'.repeat(80);
      const base = { _id: 'p_01M8DQ8FJ8HFVNVC6MH55YA005', v: 1, ids: i, name, createdAt: at, updatedAt: at };
      const profile = { ...base, parts: [part], ...derived, changedTraits } as unknown as StoredProfile;
      expect(profileBound(profile)).toBeGreaterThanOrEqual(mongo.BSON.calculateObjectSize(profile));
    }),
  );
});
