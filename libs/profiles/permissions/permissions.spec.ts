import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addStatement, winnerOf } from '../consents/fold-statements.ts';
import { statementOf, type ConsentStatement, type ConsentState } from '../consents/index.ts';
import { describePermission } from './describe-permission.ts';
import { judgePermission, type DecidingChoice } from './permission.ts';

const day = (n: number): string => `2024-05-${String(n).padStart(2, '0')}T00:00:00.000Z`;

interface Told {
  record: number;
  state: ConsentState;
  day?: number;
}

const told: fc.Arbitrary<Told> = fc.record(
  {
    record: fc.nat(4),
    state: fc.constantFrom('granted' as const, 'denied' as const),
    day: fc.integer({ min: 1, max: 9 }),
  },
  { requiredKeys: ['record', 'state'] },
);

function fold(rows: readonly Told[], seen = day(5)): readonly ConsentStatement[] {
  let said: readonly ConsentStatement[] = [];
  for (const { record, state, day: on } of rows) {
    const moment = on === undefined ? undefined : day(on);
    const statement = statementOf({ k: `con/s/${record}`, run: 'run', state, moment, seen });
    ({ said } = addStatement(said, statement, moment === undefined));
  }
  return said;
}

/** What one record after the other says, each on the day of its place. */
function foldSights(rows: readonly (Told & { seen: number })[]): readonly ConsentStatement[] {
  let said: readonly ConsentStatement[] = [];
  for (const { record, state, day: on, seen } of rows) {
    const moment = on === undefined ? undefined : day(on);
    const statement = statementOf({ k: `con/s/${record}`, run: 'run', state, moment, seen: day(seen) });
    ({ said } = addStatement(said, statement, moment === undefined, day(seen)));
  }
  return said;
}

const counts = (rows: readonly Told[]): unknown => {
  const winner = winnerOf(fold(rows));
  return winner && { state: winner.state, at: winner.at };
};

describe('the choice that counts', () => {
  it('is the same whatever the order and however often choices arrive', () => {
    fc.assert(
      fc.property(
        fc.array(told, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (rows, more) => {
          const again = more.flatMap((index) => rows[index % rows.length] ?? []);
          expect(counts([...rows].reverse())).toEqual(counts(rows));
          expect(counts([...rows, ...again])).toEqual(counts(rows));
        },
      ),
    );
  });

  it('is the newest explicit one; of one moment, and before an undated "yes", the denial', () => {
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 12 }), (rows) => {
        const state = winnerOf(fold(rows))?.state;
        // An undated denial is as old as its first sight: day 5 here.
        const timeOf = ({ state: which, day: on }: Told): number => on ?? (which === 'denied' ? 5 : 0);
        const newest = Math.max(...rows.map(timeOf));
        const last = rows.filter((row) => timeOf(row) === newest).map((row) => row.state);
        expect(state).toBe(last.includes('denied') ? 'denied' : 'granted');
      }),
    );
  });

  it('is not revived by importing old or undated choices again', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 8 }), fc.array(told, { maxLength: 8 }), (before, after) => {
        const optOut: Told = { record: 9, state: 'denied', day: 9 };
        expect(winnerOf(fold([...before, optOut, ...after]))?.state).toBe('denied');
      }),
    );
  });

  it('is a denial of whatever year rather than an undated "yes"', () => {
    const years = ['0001-01-01T00:00:00Z', '1900-01-01T00:00:00Z'];
    const [yes, ...denials] = [undefined, ...years].map((moment, record) =>
      statementOf({
        ...{ k: `con/s/${record}`, run: 'run', seen: day(5) },
        ...(moment === undefined ? { state: 'granted' } : { state: 'denied', moment }),
      }),
    );
    for (const denial of denials) expect(winnerOf([yes, denial].flatMap((one) => one ?? []))).toBe(denial);
  });

  it('stays as old as it was when an undated denial is read again after a newer "yes"', () => {
    const denial: Told = { record: 1, state: 'denied' };
    const first = fold([denial, { record: 2, state: 'granted', day: 7 }]);
    const seenAgain = statementOf({ k: 'con/s/1', run: 'run_2', state: 'denied', seen: day(9) });
    expect(winnerOf(addStatement(first, seenAgain, true, day(9)).said)?.state).toBe('granted');
  });

  it('is an undated denial that was taken back and came again, as of then', () => {
    const sights = [
      { record: 1, state: 'denied', seen: 1 },
      { record: 2, state: 'granted', day: 3, seen: 3 },
      { record: 1, state: 'granted', day: 1, seen: 4 },
      { record: 1, state: 'granted', seen: 5 },
      { record: 1, state: 'denied', seen: 6 },
      { record: 1, state: 'denied', seen: 7 },
      { record: 2, state: 'granted', day: 7, seen: 7 },
      { record: 1, state: 'denied', seen: 8 },
    ] as const;
    const states = sights.map((_, index) => winnerOf(foldSights(sights.slice(0, index + 1)))?.state);
    expect(states).toEqual([
      ...['denied', 'granted', 'granted', 'granted'],
      ...['denied', 'denied', 'granted', 'granted'],
    ]);
  });

  it('is the newest of what its records say one after the other, whoever tells any of it again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ told, again: fc.array(fc.nat(), { maxLength: 3 }) }), { minLength: 1, maxLength: 12 }),
        (steps) => {
          // Of records that tell times, and of others that tell none.
          const rows = steps.map(({ told: { record, state, day: on = 5 } }, index) => ({
            record,
            state,
            seen: index + 1,
            ...(record > 2 && { day: on }),
          }));
          const retold = steps.flatMap(({ again }, index) => [
            ...rows.slice(index, index + 1),
            ...again.flatMap((earlier) => rows[earlier % (index + 1)] ?? []),
          ]);
          expect(foldSights(retold)).toEqual(foldSights(rows));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

const identities = ['email:a@x.com', 'email:b@x.com', 'con_1:17'];
const choice = fc
  .record({
    identity: fc.constantFrom(...identities),
    channel: fc.constantFrom('email', 'sms'),
    purpose: fc.constantFrom('news', 'offers', 'all'),
    state: fc.constantFrom('granted' as const, 'denied' as const),
    a: fc.integer({ min: 1, max: 9 }),
  })
  .map((some): DecidingChoice => ({
    ...some,
    s: some.state === 'denied' ? 1 : 0,
    o: '',
    b: 'run',
    h: some.state,
    at: new Date(some.a),
  }));
const asked = { channel: 'email', purpose: 'news', basis: 'consent' } as const;

describe('permission', () => {
  it('of a merged person is allowed only where each of the two was allowed or silent', () => {
    fc.assert(
      fc.property(fc.array(choice), fc.array(choice), (mine, theirs) => {
        const others = theirs.map((one) => ({ ...one, identity: `other ${one.identity}` }));
        const [one, two] = [judgePermission(mine, asked), judgePermission(others, asked)];
        const both = judgePermission([...mine, ...others], asked);
        if (one.reason === 'denied' || two.reason === 'denied') expect(both.reason).toBe('denied');
        else expect(both.allowed).toBe(one.allowed || two.allowed);
      }),
    );
  });

  it('follows the purpose: consent, unless refused, or none', () => {
    const judge = (basis: 'consent' | 'optOut' | 'none', choices: DecidingChoice[] = []) =>
      judgePermission(choices, { channel: 'email', purpose: 'news', basis }).reason;
    const denial: DecidingChoice = {
      ...{ identity: 'email:a@x.com', channel: 'email', purpose: 'all', state: 'denied', source: 'complaint' },
      ...{ a: 1, o: '', s: 1, b: '', h: '', at: new Date(0), k: 'con/bounces/7' },
    };
    expect([judge('consent'), judge('optOut'), judge('none', [denial])]).toEqual([
      'no_consent',
      'not_refused',
      'not_needed',
    ]);
    expect(describePermission(judgePermission([denial], asked))).toBe(
      'news by email was denied by email:a@x.com on 1970-01-01T00:00:00.000Z (source: complaint)',
    );
    const restricted = { ...judgePermission([], asked), reason: 'restricted' as const, identity: 'con_shop:17' };
    expect(describePermission(restricted)).toBe("the use of this person's data is restricted");
    const yes = { ...denial, purpose: 'news', state: 'granted' as const, a: 2, s: 0 };
    expect(judgePermission([denial, yes], asked).reason).toBe('granted');
    expect(judgePermission([{ ...denial, a: 2 }, yes], asked).reason).toBe('denied');
  });
});
