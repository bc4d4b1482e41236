import { describe, expect, it } from '@jest/globals';
import {
  MillraceError,
  ok,
  pending,
  retry,
  type ConnectorContext,
  type DestinationObject,
  type Outcome,
  type PushRow,
} from '@millrace/sdk';
import { Pusher } from './pusher.ts';

const rows = (count: number): PushRow[] =>
  Array.from({ length: count }, (_, seq) => ({ op: 'upsert', record: { seq }, key: String(seq), at: '', seq }));
const ctx = { signal: new AbortController().signal } as ConnectorContext;

function pusher(
  definition: Partial<DestinationObject> & Pick<DestinationObject, 'push'>,
  permit = (): void => undefined,
  amongOthers = false,
): Pusher {
  const full: DestinationObject = { modes: ['upsert'], idempotency: 'natural', ...definition };
  return new Pusher({
    ctx,
    object: 'contact',
    definition: full,
    mode: 'upsert',
    delivery: 'atLeastOnce',
    from: { connection: 'c', stream: 's' },
    run: 'run_1',
    permit,
    amongOthers,
  });
}

describe('pusher', () => {
  it('gives one outcome a row in order, over several batches', async () => {
    const sizes: number[] = [];
    const push = async (_: unknown, batch: PushRow[]): Promise<Outcome[]> => {
      sizes.push(batch.length);
      return batch.map(({ seq }) => (seq % 2 ? ok() : { status: 'unchanged' }));
    };
    const outcomes = await pusher({ push, batch: { records: 2 } }).push(rows(5));
    expect(sizes).toEqual([2, 2, 1]);
    expect(outcomes.map(({ status }) => status)).toEqual(['unchanged', 'ok', 'unchanged', 'ok', 'unchanged']);
  });

  it('names a batch alike whenever the same rows are sent, and differently otherwise', async () => {
    const names: string[] = [];
    const subject = pusher({ push: async ({ batchId }, batch) => (names.push(batchId), batch.map(() => ok())) });
    await subject.push(rows(2));
    await subject.push(rows(2));
    await subject.push(rows(3));
    expect(names[0]).toBe(names[1]);
    expect(names[2]).not.toBe(names[0]);
  });

  describe('whose batch is refused for one of its rows', () => {
    const refusal = new MillraceError('remote_rejected', 'email is missing');
    const push = (_: unknown, batch: PushRow[]): Promise<Outcome[]> =>
      batch.some(({ seq }) => seq === 3) ? Promise.reject(refusal) : Promise.resolve(batch.map(() => ok()));

    it('finds that one, and sends the others', async () => {
      const outcomes = await pusher({ push }).push(rows(5));
      expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'rejected', 'ok']);
    });

    it('says so where the destination knows batches by their id: halves would be others', async () => {
      await expect(pusher({ push, idempotency: 'key' }).push(rows(5))).rejects.toBe(refusal);
    });
  });

  it('sends again only the rows that shall be sent again', async () => {
    const sent: number[][] = [];
    const push = async (_: unknown, batch: PushRow[]): Promise<Outcome[]> => {
      sent.push(batch.map(({ seq }) => seq));
      return batch.map(({ seq }) => (seq === 1 && sent.length === 1 ? retry(1) : ok()));
    };
    expect((await pusher({ push }).push(rows(3))).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
    expect(sent).toEqual([[0, 1, 2], [1]]);
  });

  it('says of what is refused which of several objects it is about, of looks as well', async () => {
    const refused = { status: 'rejected', code: 'remote_rejected', message: 'no such country' } as const;
    const definition = { push: async () => [refused], peek: async () => [{ outcome: refused }] };
    const told = { ...refused, message: 'Object "contact": no such country' };
    const one = pusher(definition, undefined, true);
    expect([await one.push(rows(1)), await one.peek(rows(1))]).toEqual([[told], [{ outcome: told }]]);
    expect(await pusher(definition).push(rows(1))).toEqual([refused]);
  });

  it('asks for the end of what is pending', async () => {
    const outcomes = await pusher({
      push: async () => [pending('t1')],
      poll: async (_, tokens) => tokens.map(() => ok({ created: 1 })),
    }).push(rows(1));
    expect(outcomes).toEqual([ok({ created: 1 })]);
  });

  it('frees the worker when the destination wants a long pause', async () => {
    const push = pusher({ push: async () => [retry(60_000, 'busy')] }).push(rows(1));
    await expect(push).rejects.toMatchObject({ code: 'rate_limited', retryable: true, retryAfter: 60_000 });
  });

  it('refuses a connector that does not answer for every row', async () => {
    await expect(pusher({ push: async () => [] }).push(rows(2))).rejects.toMatchObject({ code: 'invalid_connector' });
  });

  it.each([
    ['is undefined, not an outcome', undefined],
    ['is "ok", not an outcome', 'ok'],
    ['has the unknown status "okay"', { status: 'okay' }],
    ['is rejected with the unknown code "nope"', { status: 'rejected', code: 'nope', message: 'no' }],
    ['is rejected without a message', { status: 'rejected', code: 'invalid_row' }],
    ['is to be sent again after NaN, which are no milliseconds', { status: 'retry', after: NaN }],
    ['is to be sent again after "soon", which are no milliseconds', { status: 'retry', after: 'soon' }],
    ['is pending without a token', { status: 'pending' }],
    ['has the unknown effect "$inc"', { status: 'ok', effects: { $inc: 1 } }],
    ['has the effect "created", which is no number', { status: 'ok', effects: { created: 'one' } }],
  ])('says what is wrong with an answer that %s', async (fault, answer) => {
    const push = async (): Promise<Outcome[]> => [ok(), answer as Outcome];
    await expect(pusher({ push }).push(rows(2))).rejects.toMatchObject({
      code: 'invalid_connector',
      message: expect.stringContaining(`"contact" answered for row 2 of 2 ${fault}`) as unknown,
    });
  });

  it('judges what a poll answers, too', async () => {
    const push = async (): Promise<Outcome[]> => [pending('t1')];
    const poll = async (): Promise<Outcome[]> => [{ status: 'done' } as never];
    await expect(pusher({ push, poll }).push(rows(1))).rejects.toMatchObject({ code: 'invalid_connector' });
  });

  it('sends nothing without the permit', async () => {
    let sent = false;
    const lost = (): void => {
      throw new MillraceError('lease_lost', 'gone');
    };
    await expect(pusher({ push: async () => ((sent = true), [ok()]) }, lost).push(rows(1))).rejects.toMatchObject({
      code: 'lease_lost',
    });
    expect(sent).toBe(false);
  });
});
