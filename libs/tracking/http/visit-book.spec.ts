import { describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import { createLog, type Log } from '#platform';
import type { MailVisits, VisitOutcome } from '../visits/index.ts';
import { VisitBook } from './visit-book.ts';

const token = { mail: { person: 'p_1', message: 'm' }, madeAt: 0 };
const request = { method: 'GET', headers: {}, ip: undefined };

function bookWith(keep: () => Promise<VisitOutcome>): { book: VisitBook; warnings: unknown[] } {
  const warnings: unknown[] = [];
  const warn = (fields: object) => warnings.push(fields);
  const log: Log = Object.assign(createLog({ level: 'silent' }), { warn });
  return { book: new VisitBook({ keep } as unknown as MailVisits, log), warnings };
}

describe('VisitBook', () => {
  it('waits until a visit is kept', async () => {
    let kept = false;
    const { book, warnings } = bookWith(async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      kept = true;
      return 'kept';
    });
    await book.note(token, request);
    expect([kept, warnings]).toEqual([true, []]);
  });

  it('lets nobody go without an answer when it cannot be kept, and says so once in a while', async () => {
    const { book, warnings } = bookWith(async () =>
      Promise.reject(new MillraceError('rate_limited', 'More arrives than can be kept.')),
    );
    for (let i = 0; i < 3; i++) await book.note(token, request);
    expect(warnings).toEqual([{ count: 1, reason: 'More arrives than can be kept.' }]);
  });

  it('lets nobody wait for a database that does not answer, and bounds what waits for it', async () => {
    let asked = 0;
    const { book, warnings } = bookWith(() => {
      asked++;
      return new Promise(() => undefined);
    });
    await Promise.all(Array.from({ length: 1_100 }, () => book.note(token, request)));
    expect([asked, warnings]).toEqual([1_000, [{ count: 1, reason: 'too many at a time' }]]);
  });
});
