import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { AxiosAdapter } from 'axios';
import { ok, pending, rejected, retry, type PushContext, type PushRow } from '../index.ts';
import type { ContractOptions } from './index.ts';
import { faultsOf } from './toy/faults-of.ts';
import type { ToyParts } from './toy/toy-connector.ts';

const answering: AxiosAdapter = async (config) => ({ data: '', status: 200, statusText: 'OK', headers: {}, config });

describe('of what is pushed, the kit finds', () => {
  const broken: [string, ToyParts, RegExp, Partial<ContractOptions>?][] = [
    [
      'too few outcomes',
      { object: { push: async (_ctx, rows) => rows.slice(1).map(() => ok()) } },
      /push\(\) gives 2 outcomes for 3 rows/,
    ],
    [
      'an empty batch refused',
      {
        object: {
          push: async (_ctx, rows) => {
            if (rows.length === 0) throw new Error('empty');
            return rows.map(() => ok());
          },
        },
      },
      /push\(\) of 0 rows failed: empty/,
    ],
    [
      'an invalid status',
      { object: { push: async (_ctx, rows) => rows.map(() => ({ status: 'fine' }) as never) } },
      /answers for a row has the unknown status "fine"/,
    ],
    [
      'a batch whose id is not sent, though the other side is to know it again by that',
      {
        object: {
          idempotency: 'key',
          async push({ http }, rows) {
            if (rows.length > 0) await http.post('http://localhost/rows', rows, { adapter: answering });
            return rows.map(() => ok());
          },
        },
      },
      /no request has the batch's id, by which the other side would know a batch again\. Send ctx\.batchId/,
    ],
    [
      'a mapping that makes no key',
      { object: { key: 'id', mapping: { identity: 'identities.email' } } },
      /its mapping makes no id, which is its key/,
    ],
    [
      'a mapping to a field that the object does not have',
      {
        object: {
          schema: { properties: { id: {}, name: {} }, additionalProperties: false },
          mapping: { id: 'identities.email', surname: 'traits.lastName' },
        },
      },
      /its mapping failed: .*"surname": there is no such field\. There are: id, name/,
    ],
    [
      'a reject without message',
      {
        object: {
          push: async (_ctx, rows) => rows.map(() => ({ status: 'rejected', code: 'remote_rejected', message: '' })),
        },
      },
      /answers for a row is rejected without a message/,
    ],
    [
      'pending without poll',
      { object: { push: async (_ctx, rows) => rows.map(() => ({ status: 'pending', token: 't' })) } },
      /has no poll\(\)/,
    ],
    [
      'a pause that is no number',
      { object: { push: async (_ctx, rows) => rows.map(() => retry(Number('Wed, 21 Oct 2026 07:28:00 GMT'))) } },
      /answers for a row is to be sent again after NaN, which are no milliseconds/,
    ],
    [
      'a poll that leaves tokens out',
      {
        object: {
          push: async (_ctx, rows) => rows.map(({ key }) => pending(key)),
          poll: async () => [ok()],
        },
      },
      /poll\(\) gives 1 outcomes for 3 tokens/,
    ],
    [
      'rows that stay pending',
      {
        object: {
          push: async (_ctx, rows) => rows.map(({ key }) => pending(key)),
          poll: async (_ctx, tokens) => tokens.map((token) => pending(token)),
        },
      },
      /3 of 3 rows are still pending after \d+ polls in 0\.02 s\. Let poll\(\) answer ok\(\)/,
      { pollWithin: 20 },
    ],
    [
      'what became of pending rows at last: a repeat that is refused',
      (() => {
        let jobs = 0;
        const looks = new Map<string, number>();
        const poll: NonNullable<ToyParts['object']>['poll'] = async (_ctx, tokens) =>
          tokens.map((token) => {
            looks.set(token, (looks.get(token) ?? 0) + 1);
            if ((looks.get(token) ?? 0) < 3) return pending(token);
            return token.startsWith('1:') ? ok() : rejected('remote_rejected', 'It exists already.');
          });
        const push: NonNullable<ToyParts['object']>['push'] = async (_ctx, rows) => {
          if (rows.length > 0) jobs++;
          return rows.map(({ key }) => pending(`${jobs}:${key}`));
        };
        return { object: { push, poll } };
      })(),
      /row 1 was taken at first and rejected when the same batch came again/,
    ],
    [
      'a repeat that is not harmless',
      (() => {
        const seen = new Set<string>();
        const push: NonNullable<ToyParts['object']>['push'] = async (_ctx, rows) =>
          rows.map(({ key }) =>
            seen.has(key) ? { status: 'rejected', code: 'remote_rejected', message: 'exists' } : (seen.add(key), ok()),
          );
        return { object: { push } };
      })(),
      /row 1 was taken at first and rejected when the same batch came again/,
    ],
    ['a peek that leaves rows out', { object: { peek: async () => [] } }, /peek\(\) gives 0 answers for 3 rows/],
    [
      'a peek that writes',
      (() => {
        let asked = 0;
        return {
          object: {
            peek: async (_ctx, rows) =>
              rows.map(({ record }) => ({ outcome: ok(), after: { ...record, asked: asked++ } })),
          },
        };
      })(),
      /row 1 otherwise when it is asked again: it must write nothing/,
    ],
    ['missing test rows', {}, /give the kit rows for it/, { objects: {} }],
  ];
  for (const [name, parts, message, options] of broken) {
    it(name, async () => expect(await faultsOf(parts, options)).toMatch(message));
  }
});

describe('the kit takes a batch that the other side knows again by', () => {
  const idsOf: [string, (ctx: PushContext, row: PushRow) => string][] = [
    ['the id of the batch', ({ batchId }) => batchId],
    ['what is made of it', ({ batchId }, { seq }) => createHash('sha256').update(`${batchId} ${seq}`).digest('hex')],
    ['what is made of the run', ({ run }, { seq, op }) => createHash('sha256').update(`${run} ${seq} ${op}`).digest('hex')],
  ]; // prettier-ignore
  it.each(idsOf)('%s', async (_, idOf) => {
    const object: ToyParts['object'] = {
      idempotency: 'key',
      async push(ctx, rows) {
        for (const row of rows) {
          const headers = { 'idempotency-key': idOf(ctx, row) };
          await ctx.http.post('http://localhost/rows', row.record, { adapter: answering, headers });
        }
        return rows.map(() => ok());
      },
    };
    expect(await faultsOf({ object })).toBe('');
  });
});

it('the kit takes a key whose name has a point in it', async () => {
  const object: ToyParts['object'] = { key: '["customer.id"]', mapping: { '["customer.id"]': 'identities.email' } };
  expect(await faultsOf({ object })).not.toContain('which is its key');
});
