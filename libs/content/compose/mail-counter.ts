import { MillraceError } from '@millrace/sdk';
import type { CountedRow, CountedRows, CountTexts, OutputSign, RenderWork, Sandbox } from '../sandbox/index.ts';
import type { LeanRows } from './lean-rows.ts';
import type { MailRow } from './mail-row.ts';
import type { PreparedMail } from './preparer.ts';
import type { Recipient } from './recipient.ts';
import { writtenError } from './written-place.ts';

/** What is counted of one person's mail. */
export interface CountedMail {
  /** Bytes of the HTML; absent where it was not measured: where CSS is inlined for each person, one in 20 is. */
  bytes?: number;
  /** What conditions chose and which tokens were missing: `<part> <line>:<column> <what>`, in the prepared template. */
  outcomes: readonly string[];
  /** The variant that was chosen of each block that has some, by slug; '' is its default. */
  variants: Readonly<Record<string, string>>;
  signs: readonly (OutputSign | 'missing_string' | 'missing_entry')[];
  /** Why the template itself does not want it sent. */
  skipped?: string;
  /** Why there is no mail. */
  error?: MillraceError;
}

/** People of a batch for whom a template may end the process before it counts as broken for all. */
const mostEnds = 3;
const inlineEvery = 20;
const nothing = { outcomes: [], variants: {}, signs: [] } as const;

/** Composes for many people and counts, in processes of the sandbox; several batches may be under way at once. */
export class MailCounter {
  constructor(
    private readonly sandbox: Sandbox,
    readonly mail: PreparedMail,
    private readonly parts: {
      /** What holds for everybody. */
      work: Pick<RenderWork, 'parts' | 'frame' | 'common'>;
      /** Of each block that varies, the name of its default. */
      defaults: Readonly<Record<string, string>>;
      rowOf: (recipient: Recipient) => Promise<MailRow>;
      /** Where a mail takes nothing but the person: nothing has to be waited for. */
      lean?: LeanRows;
    },
  ) {}

  /**
   * Somebody as they may wait for their turn, in one piece, where a person is many objects; the person themselves where something has to be waited for
   * first.
   */
  prepared(recipient: Recipient): MailRow | Recipient {
    return this.parts.lean?.of(recipient) ?? recipient;
  }

  rowsOf(people: readonly (MailRow | Recipient)[]): Promise<MailRow[]> {
    return Promise.all(people.map(async (one) => ('person' in one ? this.parts.rowOf(one) : one)));
  }

  /**
   * In the order of the rows. They have a second together; whoever takes longer, or breaks the process, is found by rendering
   * one by one, and has the error.
   * @throws MillraceError when that happens to many, or when the sandbox cannot work
   */
  async count(rows: readonly MailRow[]): Promise<CountedMail[]> {
    try {
      return this.told(await this.sandbox.count(this.workOf(rows)), rows);
    } catch (error) {
      if (!isOfTheRows(error)) throw error;
    }
    const mails: CountedMail[] = [];
    let ends = 0;
    for (const row of rows) {
      // Twice: on a busy machine a process may just not have had its turn.
      let found = await this.countOne(row);
      if (found instanceof MillraceError) found = await this.countOne(row);
      if (found instanceof MillraceError && (ends += 1) > mostEnds) throw found;
      mails.push(...(found instanceof MillraceError ? [{ ...nothing, error: found }] : this.told(found, [row])));
    }
    return mails;
  }

  private workOf(rows: readonly MailRow[]): CountTexts {
    const { work } = this.parts;
    const texts = { rows: rows.map(({ text }) => text), inlineEvery };
    const hasFeeds = rows.some(({ feeds }) => feeds !== undefined);
    const more = hasFeeds ? { feeds: rows.map(({ feeds = {} }) => feeds) } : {};
    const frame = rows[0]?.frame;
    if (rows.every((row) => row.frame === frame))
      return { ...work, ...texts, ...more, frame: { ...work.frame, ...frame } };
    return { ...work, ...texts, ...more, frames: rows.map((row) => row.frame) };
  }

  private async countOne(row: MailRow): Promise<CountedRows | MillraceError> {
    try {
      return await this.sandbox.count(this.workOf([row]));
    } catch (error) {
      if (isOfTheRows(error)) return error;
      throw error;
    }
  }

  private told({ rows: counted, outcomes }: CountedRows, rows: readonly MailRow[]): CountedMail[] {
    const { defaults } = this.parts;
    return counted.map((row, index) => {
      const chosen = rows[index]?.frame.variants;
      return this.mailOf(row, outcomes[row.outcomes ?? -1] ?? [], chosen ? { ...defaults, ...chosen } : defaults);
    });
  }

  private mailOf(
    { bytes, signs = [], notes, fault }: CountedRow,
    outcomes: string[],
    variants: Readonly<Record<string, string>>,
  ): CountedMail {
    if (fault) return { ...nothing, error: writtenError(this.mail, fault) };
    const mail = { outcomes, variants, signs, ...(bytes !== undefined && { bytes }) };
    if (!notes) return mail;
    const skip = notes.find(({ kind }) => kind === 'skip');
    const noted = new Set(notes.flatMap(({ kind }) => (kind === 'skip' ? [] : [kind])));
    return { ...mail, signs: [...signs, ...noted], ...(skip && { skipped: skip.text }) };
  }
}

/** The process ended or was stopped because of what some row made it do. */
function isOfTheRows(error: unknown): error is MillraceError {
  return error instanceof MillraceError && ['template_timeout', 'template_failed'].includes(error.code);
}
