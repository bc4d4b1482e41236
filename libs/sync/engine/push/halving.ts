import { MillraceError, rejected, type Outcome, type PushRow } from '@millrace/sdk';

type Send = (rows: PushRow[]) => Promise<Outcome[]>;

/** Refusals beyond those that lead to one row, until it is not the rows that are refused. */
const patience = 10;

/**
 * What a destination refuses as a whole (400) for some of its rows is sent in halves, until it is known which these are: one row must not stop all others.
 * Throws what it said where it takes none of them: then the configuration is wrong, and nothing may pass as done.
 */
export class Halving {
  #taken = false;
  #refusals = 0;
  readonly #most: number;

  constructor(
    private readonly send: Send,
    private readonly refusal: MillraceError,
    count: number,
  ) {
    this.#most = Math.ceil(Math.log2(count)) + patience;
  }

  async of(rows: PushRow[]): Promise<Outcome[]> {
    const outcomes = await this.#apart(rows, this.refusal);
    if (!this.#taken) throw this.refusal;
    return outcomes;
  }

  async #apart(rows: PushRow[], { code, message }: MillraceError): Promise<Outcome[]> {
    if (rows.length === 1) return [rejected(code, message)];
    const middle = Math.ceil(rows.length / 2);
    const first = await this.#half(rows.slice(0, middle));
    return [...first, ...(await this.#half(rows.slice(middle)))];
  }

  async #half(rows: PushRow[]): Promise<Outcome[]> {
    try {
      const outcomes = await this.send(rows);
      this.#taken = true;
      return outcomes;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (!this.#taken && ++this.#refusals > this.#most) throw this.refusal;
      return this.#apart(rows, error);
    }
  }
}

export const isRefusal = (error: unknown): error is MillraceError =>
  error instanceof MillraceError && error.code === 'remote_rejected';
