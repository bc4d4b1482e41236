import { MillraceError } from '@millrace/sdk';
import type { CountedRow, CountedRows, CountWork, OutputSign, RenderWork, Sandbox } from '../sandbox/index.ts';
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
    readonly prepared: PreparedMail,
    private readonly defaults: Readonly<Record<string, string>>,
    private readonly workOf: (recipients: readonly Recipient[]) => Promise<RenderWork>,
  ) {}

  /**
   * In the order of the people. They have a second together; whoever takes longer, or breaks the process, is found by rendering
   * one by one, and has the error.
   * @throws MillraceError when that happens to many, or when the sandbox cannot work
   */
  async count(recipients: readonly Recipient[]): Promise<CountedMail[]> {
    const work = { ...(await this.workOf(recipients)), inlineEvery };
    try {
      return this.told(await this.sandbox.count(work), work);
    } catch (error) {
      if (!isOfTheRows(error)) throw error;
    }
    const mails: CountedMail[] = [];
    let ends = 0;
    for (let index = 0; index < recipients.length; index++) {
      const { rows, frames, feeds } = work;
      const one = {
        rows: rows.slice(index, index + 1),
        ...(frames && { frames: frames.slice(index, index + 1) }),
        ...(feeds && { feeds: feeds.slice(index, index + 1) }),
      };
      // Twice: on a busy machine a process may just not have had its turn.
      let found = await this.countOne({ ...work, ...one });
      if (found instanceof MillraceError) found = await this.countOne({ ...work, ...one });
      if (found instanceof MillraceError && (ends += 1) > mostEnds) throw found;
      mails.push(...(found instanceof MillraceError ? [{ ...nothing, error: found }] : this.told(found, one)));
    }
    return mails;
  }

  private async countOne(work: CountWork): Promise<CountedRows | MillraceError> {
    try {
      return await this.sandbox.count(work);
    } catch (error) {
      if (isOfTheRows(error)) return error;
      throw error;
    }
  }

  private told({ rows, outcomes }: CountedRows, { frames }: Pick<RenderWork, 'frames'>): CountedMail[] {
    return rows.map((row, index) => {
      return this.mailOf(row, outcomes[row.outcomes ?? -1] ?? [], { ...this.defaults, ...frames?.[index]?.variants });
    });
  }

  private mailOf(
    { bytes, signs = [], notes = [], fault }: CountedRow,
    outcomes: string[],
    variants: Record<string, string>,
  ): CountedMail {
    if (fault) return { ...nothing, error: writtenError(this.prepared, fault) };
    const skip = notes.find(({ kind }) => kind === 'skip');
    const noted = new Set(notes.flatMap(({ kind }) => (kind === 'skip' ? [] : [kind])));
    return {
      outcomes,
      variants,
      signs: noted.size === 0 ? signs : [...signs, ...noted],
      ...(bytes !== undefined && { bytes }),
      ...(skip && { skipped: skip.text }),
    };
  }
}

/** The process ended or was stopped because of what some row made it do. */
function isOfTheRows(error: unknown): error is MillraceError {
  return error instanceof MillraceError && ['template_timeout', 'template_failed'].includes(error.code);
}
