import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MillraceError, ok, type Outcome, type PushRow } from '@millrace/sdk';
import { Halving } from './halving.ts';

const rows = (count: number): PushRow[] =>
  Array.from({ length: count }, (_, seq) => ({ op: 'upsert', record: { seq }, key: String(seq), at: '', seq }));
const refusal = new MillraceError('remote_rejected', 'POST /contacts answered 400: email is missing.');

/** A destination that takes no batch with one of the bad rows in it. */
function destination(bad: (row: PushRow) => boolean): {
  requests: number;
  send: (rows: PushRow[]) => Promise<Outcome[]>;
} {
  const it = {
    requests: 0,
    send: async (batch: PushRow[]): Promise<Outcome[]> => {
      it.requests += 1;
      if (batch.some(bad)) throw refusal;
      return batch.map(() => ok());
    },
  };
  return it;
}

describe('a batch that is refused as a whole', () => {
  it('arrives but for the rows that it is refused for', async () => {
    const { send } = destination(({ seq }) => seq === 17 || seq === 40);
    const outcomes = await new Halving(send, refusal, 100).of(rows(100));
    expect(outcomes.flatMap(({ status }, seq) => (status === 'ok' ? [] : [[seq, status]]))).toEqual([
      [17, 'rejected'],
      [40, 'rejected'],
    ]);
    expect(outcomes[17]).toEqual({ status: 'rejected', code: 'remote_rejected', message: refusal.message });
  });

  it('is told as refused where no row of it is taken, after few requests', async () => {
    const all = destination(() => true);
    await expect(new Halving(all.send, refusal, 1_000).of(rows(1_000))).rejects.toBe(refusal);
    expect(all.requests).toBeLessThan(30);
    await expect(new Halving(all.send, refusal, 2).of(rows(2))).rejects.toBe(refusal);
  });

  it('is left as it is when something else goes wrong', async () => {
    const gone = new MillraceError('timeout', 'Nothing came within 30 s.');
    const send = (): Promise<Outcome[]> => Promise.reject(gone);
    await expect(new Halving(send, refusal, 4).of(rows(4))).rejects.toBe(gone);
  });

  it('has each row that is not bad at the destination, and each bad one rejected, if any is taken in time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 2, maxLength: 64 }), async (bad) => {
        const { send } = destination(({ seq }) => bad[seq] === true);
        const told = await new Halving(send, refusal, bad.length).of(rows(bad.length)).catch((error: unknown) => error);
        if (told === refusal) return;
        expect((told as Outcome[]).map(({ status }) => status)).toEqual(bad.map((is) => (is ? 'rejected' : 'ok')));
      }),
    );
  });
});
