import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ok,
  rejected,
  unchanged,
  type ConnectorContext,
  type DestinationObject,
  type Outcome,
  type Page,
  type PushRow,
} from '@millrace/sdk';
import { balances } from '../../runs/ledger.ts';
import { PageWriter } from './page-writer.ts';
import { Pusher } from './pusher.ts';
import { RowMapper } from '../rows/row-mapper.ts';

const ctx = { signal: new AbortController().signal } as ConnectorContext;
const until = '2026-01-01T00:00:00.000Z';

function writer(push: (row: PushRow, object: string) => Outcome, objects = ['contact']): PageWriter {
  const outputs = objects.map((object) => {
    const definition: DestinationObject = {
      modes: ['upsert'],
      idempotency: 'natural',
      push: async (_, rows) => rows.map((row) => push(row, object)),
    };
    return { object, definition, mapping: { email: 'email | lower', age: 'age | number' } };
  });
  const mapper = new RowMapper({
    key: ['id'],
    cursor: 'changed',
    schema: { type: 'object', properties: { id: { type: 'number' } } },
    filter: { not: { field: 'email', is: 'equals', value: 'skip@x.com' } },
    outputs,
    op: 'upsert',
    dropRepeats: true,
    until,
  });
  const from = { connection: 'c', stream: 's' };
  const pushers = outputs.map(
    ({ object, definition }) =>
      new Pusher({
        ctx,
        object,
        definition,
        mode: 'upsert',
        delivery: 'atLeastOnce',
        from,
        run: 'r',
        permit: () => undefined,
      }),
  );
  return new PageWriter(mapper, pushers);
}

describe('writing a page', () => {
  it('accounts for every row, whatever becomes of it', async () => {
    const page: Page = {
      records: [
        { id: 1, email: 'A@X.COM', changed: '2026-01-01' },
        { id: 'x', email: 'bad id' },
        { id: 2, email: 'skip@x.com' },
        { id: 3, email: 'b@x.com', age: 'old' },
        { id: 4, email: 'c@x.com', changed: '2026-01-03' },
        { id: 4, email: 'd@x.com', changed: '2026-01-04' },
        { id: 5, email: 'refused@x.com' },
        { email: 'nameless@x.com' },
      ],
      positions: ['l1', 'l2', 'l3', 'l4', 'l5', 'l6', 'l7', 'l8'],
      deletes: [[9]],
      rejects: [{ raw: 'half a row', position: 'l9', code: 'malformed_row', message: 'too short' }],
    };
    const pushed: PushRow[] = [];
    const subject = writer((row) => {
      pushed.push(row);
      return row.record.email === 'refused@x.com' ? rejected('remote_rejected', 'no') : ok({ created: 1 });
    });

    const { account, refused, cursors } = await subject.write(page, 100);

    expect(account.ledger).toEqual({ read: 10, written: 3, unchanged: 0, superseded: 1, rejected: 5, filtered: 1 });
    expect(account.effects).toEqual({ created: 3, unread: 2 });
    expect(cursors).toEqual({ cursor: '2026-01-04' });
    expect(refused.map(({ position, code }) => [position, code])).toEqual([
      ['l9', 'malformed_row'],
      ['l2', 'invalid_row'],
      ['l8', 'invalid_row'],
      ['l4', 'mapping_failed'],
      ['l7', 'remote_rejected'],
    ]);
    expect(pushed.map(({ op, key, at, seq, record }) => [op, key, at, seq, record.email])).toEqual([
      ['upsert', '1', '2026-01-01T00:00:00.000Z', 100, 'a@x.com'],
      ['upsert', '4', '2026-01-04T00:00:00.000Z', 105, 'd@x.com'],
      ['upsert', '5', until, 106, 'refused@x.com'],
      ['delete', '9', until, 108, undefined],
    ]);
  });

  it('lets the most telling of several outputs decide', async () => {
    const subject = writer((_, object) => (object === 'a' ? unchanged() : ok()), ['a', 'b']);
    expect((await subject.write({ records: [{ id: 1 }] }, 0)).account.ledger).toMatchObject({
      read: 1,
      written: 1,
      unchanged: 0,
    });
  });

  it('balances for any page and any outcomes', async () => {
    const record = fc.record({
      id: fc.option(fc.integer({ min: 0, max: 5 })),
      email: fc.constantFrom('a@x', 'skip@x.com', 'b@x'),
      age: fc.constantFrom(1, 'x', null),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record),
        fc.array(fc.constantFrom<Outcome>(ok(), unchanged(), rejected('internal', 'x')), { minLength: 1 }),
        async (records, outcomes) => {
          let turn = 0;
          const subject = writer(() => outcomes[turn++ % outcomes.length] as Outcome, ['a', 'b']);
          const { account, refused } = await subject.write({ records, deletes: [[77]] }, 0);
          expect(account.ledger.read).toBe(records.length + 1);
          expect(balances(account.ledger)).toBe(true);
          expect(refused).toHaveLength(account.ledger.rejected);
        },
      ),
      { numRuns: 30 }, // each compiles its schema anew
    );
  });
});
