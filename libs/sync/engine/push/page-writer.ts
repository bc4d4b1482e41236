import type { Outcome, Page, PushRow } from '@millrace/sdk';
import { addEffects, emptyAccount, fateOf, weightier, type Account, type Fate } from '../../runs/ledger.ts';
import type { Pusher } from './pusher.ts';
import type { PageMapper } from '../rows/erased-gate.ts';
import type { MappedPage, RefusedRow } from '../rows/row-mapper.ts';
import type { SeenCursors } from '../rows/seen-cursors.ts';
import { toldTime } from '../rows/told-time.ts';

export interface WrittenPage {
  account: Account;
  refused: RefusedRow[];
  /** By output, the rows that it has now. */
  delivered: PushRow[][];
  cursors: SeenCursors;
}

/** Takes one page the whole way: map, push to each output, and account for every row. */
export class PageWriter {
  constructor(
    private readonly mapper: PageMapper,
    private readonly pushers: Pusher[],
  ) {}

  async write(page: Page, seq: number): Promise<WrittenPage> {
    return this.push(page, await this.mapper.map(page, seq));
  }

  async push(page: Page, { read, mapped, refused, filtered, superseded, cursors }: MappedPage): Promise<WrittenPage> {
    const fates: (Fate | undefined)[] = new Array<Fate | undefined>(mapped.length).fill(undefined);
    const account = emptyAccount();
    const rejected: RefusedRow[] = [...refused];
    const delivered: PushRow[][] = [];

    for (const [output, pusher] of this.pushers.entries()) {
      const sent: PushRow[] = [];
      const places: number[] = [];
      mapped.forEach(({ rows }, at) => {
        const row = rows[output];
        if (!row || fates[at] === 'rejected') return;
        sent.push(row);
        places.push(at);
      });
      const outcomes = await pusher.push(sent);
      const arrived: PushRow[] = [];
      places.forEach((at, i) => {
        const outcome = outcomes[i] as Outcome;
        const row = sent[i] as PushRow;
        fates[at] = weightier(fates[at], fateOf(outcome));
        if (outcome.status === 'ok') addEffects(account.effects, outcome.effects);
        if (outcome.status === 'unknown') addEffects(account.effects, { unknown: 1 });
        if (outcome.status === 'rejected') rejected.push(this.refusal(page, mapped[at]?.index ?? 0, row, outcome));
        else arrived.push(row);
      });
      delivered.push(arrived);
    }

    account.ledger = { ...account.ledger, read, filtered, superseded, rejected: refused.length };
    for (const fate of fates) account.ledger[fate ?? 'unchanged']++;
    const unread = unreadIn(refused);
    if (unread > 0) account.effects.unread = unread;
    return { account, refused: rejected, delivered, cursors };
  }

  private refusal(
    page: Page,
    index: number,
    row: PushRow,
    { code, message }: Outcome & { status: 'rejected' },
  ): RefusedRow {
    const raw = page.records[index] ?? page.deletes?.[index - page.records.length];
    return { index, raw, position: page.positions?.[index], key: row.key, at: toldTime(row), code, message };
  }
}

/** Rows that could not be named: nobody can tell whether they are still there. */
export function unreadIn(refused: RefusedRow[]): number {
  return refused.filter(({ key }) => key === undefined).length;
}
