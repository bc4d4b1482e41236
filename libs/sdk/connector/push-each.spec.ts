import { expect, it } from '@jest/globals';
import { MillraceError } from '../errors/index.ts';
import type { PushRow } from './object.ts';
import { ok, unchanged } from './outcome.ts';
import { pushEach } from './push-each.ts';

const rows = [1, 2, 3].map((id): PushRow => ({ op: 'upsert', record: { id }, key: String(id), at: '', seq: id }));

/** Sends rows to an API that answers some of them with an error; tells the outcomes, and which rows were sent. */
async function push(errors: Record<number, Error>) {
  const sent: unknown[] = [];
  const outcomes = await pushEach(rows, async ({ record }) => {
    sent.push(record.id);
    const error = errors[Number(record.id)];
    if (error !== undefined) throw error;
    return record.id === 1 ? ok({ created: 1 }) : undefined;
  });
  return { outcomes, sent };
}

const error = (code: ConstructorParameters<typeof MillraceError>[0], retryAfter?: number) =>
  new MillraceError(code, 'It says why.', { retryAfter });
const [made, done] = [ok({ created: 1 }), ok()];
const doubt = { status: 'unknown', message: 'It says why.' };
const later = { status: 'retry', after: 7000, message: 'It says why.' };

it('sends one by one', async () => {
  expect(await push({})).toEqual({ outcomes: [made, done, done], sent: [1, 2, 3] });
  expect(await pushEach([], async () => unchanged())).toEqual([]);
});

it('rejects what is refused, and doubts what failed at the other side', async () => {
  const { outcomes } = await push({ 1: error('remote_rejected'), 2: error('remote_error') });
  expect(outcomes).toEqual([{ status: 'rejected', code: 'remote_rejected', message: 'It says why.' }, doubt, done]);
});

it('lets the rest wait where nothing more is to be had', async () => {
  expect(await push({ 2: error('rate_limited', 7000) })).toEqual({ outcomes: [made, later, later], sent: [1, 2] });
  const { outcomes } = await push({ 2: error('timeout', 7000) });
  expect(outcomes).toEqual([made, doubt, later]);
  expect((await push({ 1: error('unreachable', 7000) })).outcomes).toEqual([doubt, later, later]);
});

it('throws where no row was sent', async () => {
  await expect(push({ 1: error('authentication_failed') })).rejects.toMatchObject({ code: 'authentication_failed' });
  await expect(push({ 1: new TypeError('a bug') })).rejects.toThrow('a bug');
});
