import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { PushRow } from '@millrace/sdk';
import { connectMongo, Signer } from '#platform';
import { Tombstones, tombstoneModel, tombstoneSchema, type Tombstone } from '#tombstones';
import { dropTestDatabase, testServices } from '#tools/testing';
import { readPartRow } from '../connector/index.ts';
import { readEvent } from '../events/index.ts';
import { partPrefix } from '../folding/index.ts';
import { defaultIdentityPolicy, identityRules } from '../identity/index.ts';
import { claimPeople } from './claims.ts';
import { refuseErased } from './refuse-erased.ts';

const email = { dots: 'dropGmail', tags: 'drop' } as const;
const phone = { region: 'GB', uncertain: 'keep' } as const;
const source = {
  ...{ connection: 'con_shop', prefix: partPrefix({ connection: 'con_shop', stream: 'rows' }), run: 'run_1' },
  rules: identityRules({ ...defaultIdentityPolicy, email, phone }),
};

describe('rows about people who were erased before the identity policy was what it is', () => {
  let connection: Connection;
  let tombstones: Tombstones;

  beforeAll(async () => {
    connection = await connectMongo(testServices().mongodbUri);
    const signer = new Signer(randomBytes(32).toString('base64'));
    tombstones = new Tombstones(connection.model<Tombstone>(tombstoneModel, tombstoneSchema), signer);
    const identities = ['email:a.nn+tea@gmail.com', 'phone:02079460018'];
    const buried = identities.map((identity) => ({ identity, optOuts: [] }));
    await tombstones.bury('prq_1', { identities: buried, records: [] }, new Date());
  });
  afterAll(async () => {
    await connection.close();
    await dropTestDatabase(testServices());
  });

  const row = (key: string, identities: object): PushRow => ({
    ...{ op: 'upsert', key, at: '2024-05-01T00:00:00.000Z', seq: 0 },
    record: { name: 'Visit', identities },
  });
  const rows = [
    row('1', { email: 'A.nn+tea@gmail.com' }),
    row('2', { user: 7, phone: '020 7946 0018' }),
    row('3', { email: 'a.n.n@gmail.com' }), // whom nobody has asked to erase, as far as one can tell
    row('5', { phone: '+44 20 7946 0018' }),
    row('6', { phone: '+49 2079 460018' }),
    row('4', { phone: '020 7946 0019' }),
  ];
  const refusals = [
    { code: 'person_erased' },
    { code: 'person_erased' },
    undefined,
    { code: 'person_erased' },
    undefined,
    undefined,
  ];

  it('are refused, be they about somebody or about what somebody did', async () => {
    const parts = rows.map(({ record: { identities }, ...rest }) =>
      readPartRow({ ...rest, record: { identities } }, source),
    );
    const outcomes = (await refuseErased(parts, tombstones, source.rules)).map((result) => result?.outcome);
    expect(outcomes).toMatchObject(refusals);
    const writer = {
      write: async (claims: Parameters<typeof refuseErased>[0]) =>
        (await refuseErased(claims, tombstones, source.rules)).map(
          (result) => result ?? { outcome: { status: 'ok' as const } },
        ),
    };
    const events = rows.map((one) => readEvent(one, source));
    const claimed = await claimPeople(writer, source, events);
    expect(claimed.map((one) => one?.outcome)).toMatchObject(refusals.map((refusal) => refusal ?? { status: 'ok' }));
  });
});
