import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import fc from 'fast-check';
import { connectMongo, Signer } from '#platform';
import { Tombstones, tombstoneModel, tombstoneSchema, type Tombstone } from '#tombstones';
import { dropTestDatabase, testServices } from '#tools/testing';
import { readPartRow } from '../connector/index.ts';
import { partPrefix } from '../folding/index.ts';
import { defaultIdentityPolicy, identityRules, readIdentities, type EmailPolicy } from '../identity/index.ts';
import { refuseErased } from './refuse-erased.ts';

const readings: EmailPolicy[] = (['keep', 'dropGmail'] as const).flatMap((dots) =>
  (['keep', 'dropGmail', 'drop'] as const).map((tags) => ({ dots, tags })),
);
const spellings = ['ann', 'a.nn', 'ann+tea', 'A.n.n+x'].flatMap((local) =>
  ['gmail.com', 'GoogleMail.com', 'x.com', 'müller.de'].map((domain) => `${local}@${domain}`),
);
const rulesOf = (email: EmailPolicy) => identityRules({ ...defaultIdentityPolicy, email });

describe('rows about people who were erased when addresses were read otherwise', () => {
  let connection: Connection;
  const byReading = new Map<EmailPolicy, Tombstones>();
  const signer = () => new Signer(randomBytes(32).toString('base64'));
  const erased = 'ann@gmail.com';

  beforeAll(async () => {
    connection = await connectMongo(testServices().mongodbUri);
    const model = connection.model<Tombstone>(tombstoneModel, tombstoneSchema);
    for (const emails of readings) {
      const tombstones = new Tombstones(model, signer()); // a key of its own: they know nothing of each other's
      byReading.set(emails, tombstones);
      const [identity = ''] = readIdentities({ email: erased }, 'con_shop', rulesOf(emails));
      await tombstones.bury('prq_1', { identities: [{ identity, optOuts }], records: [], emails }, new Date());
    }
  });
  afterAll(async () => {
    await connection.close();
    await dropTestDatabase(testServices());
  });

  const optOuts = [{ channel: 'email', purpose: 'news', at: 1 }];

  it('are refused where they were the same person then, and so are opted out; nobody else', async () => {
    const any = fc.record({
      then: fc.constantFrom(...readings),
      now: fc.constantFrom(...readings),
      email: fc.constantFrom(...spellings),
    });
    await fc.assert(
      fc.asyncProperty(any, async ({ then, now, email }) => {
        const tombstones = byReading.get(then) as Tombstones;
        const [rules, former] = [rulesOf(now), rulesOf(then)];
        const read = (text: string, by: typeof rules) => readIdentities({ email: text }, 'con_shop', by);
        const them = read(erased, former)[0];
        const [named = ''] = read(email, rules);
        const isThemAsWritten = read(email, former)[0] === them;
        const isThem = isThemAsWritten || named === them || read(named.slice('email:'.length), former)[0] === them;
        const source = {
          connection: 'con_shop',
          prefix: partPrefix({ connection: 'con_shop', stream: 'x' }),
          run: 'r',
        };
        const at = '2024-05-01T00:00:00.000Z';
        const row = { op: 'upsert' as const, key: '1', at, seq: 0, record: { identities: { email } } };
        const [result] = await refuseErased([readPartRow(row, { ...source, rules })], tombstones, rules);
        expect(result?.outcome).toEqual(isThem ? expect.objectContaining({ code: 'person_erased' }) : undefined);
        const inText = await tombstones.among(tombstones.hashesIn(JSON.stringify({ said: email })));
        expect(inText.size > 0).toBe(isThemAsWritten);
        const plain = read(email, rulesOf({ dots: 'keep', tags: 'keep' }));
        const kept = await tombstones.optOutsOf(plain);
        expect(kept.get(plain[0] ?? '')).toEqual(isThemAsWritten ? expect.arrayContaining(optOuts) : undefined);
      }),
      { numRuns: 400 },
    );
  });
});
