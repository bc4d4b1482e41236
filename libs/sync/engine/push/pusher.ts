import { setTimeout as delay } from 'node:timers/promises';
import {
  MillraceError,
  outcomeFault,
  type ConnectorContext,
  type DestinationObject,
  type Outcome,
  type Peek,
  type PushContext,
  type PushRow,
  type WriteMode,
} from '@millrace/sdk';
import { hashText } from '#platform';
import { RowFacts } from '../../known-rows/row-facts.ts';
import type { Delivery } from '../../syncs/sync.schema.ts';
import { batchesOf } from './batches.ts';
import { Halving, isRefusal } from './halving.ts';
import { aboutObject } from '../rows/object-mapping.ts';
import { longestWait, patience } from '../timing.ts';

export interface PusherOptions {
  ctx: ConnectorContext;
  object: string;
  definition: DestinationObject;
  mode: WriteMode;
  delivery: Delivery;
  from: PushContext['from'];
  run: string;
  /** The same rows go to other objects, too: what is refused says which one it is about. */
  amongOthers?: boolean;
  /** Throws when the work may not go on: asked before each send. */
  permit: () => void;
  /** What others find out of the same rows (default: its own). */
  facts?: RowFacts;
}

/** What a round leaves open. */
export interface Open {
  /** Milliseconds until the next round makes sense. */
  wait: number;
  /** What the destination said about it. */
  message?: string;
}

const rounds = 5;

/** Sends rows to one object of a destination, round by round, until each has a final outcome. */
export class Pusher {
  readonly object: string;
  readonly definition: DestinationObject;
  /** A repeat changes nothing: the destination knows rows by key, or batches by id. */
  readonly repeatable: boolean;
  readonly #facts: RowFacts;

  constructor(private readonly options: PusherOptions) {
    this.#facts = options.facts ?? new RowFacts();
    this.object = options.object;
    this.definition = options.definition;
    this.repeatable = options.definition.idempotency !== 'none';
  }

  /** One final outcome a row, in their order. Throws a retryable error when the destination asks for a longer pause. */
  async push(rows: PushRow[]): Promise<Outcome[]> {
    const all: Outcome[] = [];
    for (const batch of batchesOf(rows, this.definition.batch)) {
      const outcomes = batch.map((): Outcome | null => null);
      for (let round = 0; ; round++) {
        const open = await this.round(batch, outcomes, round);
        if (!open) break;
        if (round === rounds || open.wait > patience) throw longPause(open);
        await delay(open.wait, undefined, { signal: this.options.ctx.signal });
      }
      all.push(...(outcomes as Outcome[]));
    }
    return all;
  }

  /** What a push of the rows would do; undefined where the object cannot tell. Writes nothing. */
  async peek(rows: PushRow[]): Promise<Peek[] | undefined> {
    const { definition } = this.options;
    if (!definition.peek) return undefined;
    const peeks: Peek[] = [];
    for (const batch of batchesOf(rows, definition.batch))
      peeks.push(
        ...this.checked(await definition.peek(this.context(this.batchName(batch)), batch), batch.length).map(
          (peek) => ({
            ...peek,
            outcome: this.told(peek.outcome),
          }),
        ),
      );
    return peeks;
  }

  async finish(): Promise<void> {
    await this.definition.finish?.(this.context('finish'));
  }

  /** Sends what is not sent, and polls what is pending; puts what became of it into `outcomes`. Gives nothing when all are final. */
  async round(rows: PushRow[], outcomes: (Outcome | null)[], round = 0): Promise<Open | undefined> {
    const toSend: number[] = [];
    const toPoll: number[] = [];
    for (const index of rows.keys()) {
      const outcome = outcomes[index];
      if (this.mustSend(outcome)) toSend.push(index);
      else if (outcome?.status === 'pending') toPoll.push(index);
    }
    if (toSend.length > 0) {
      const sent = await this.send(toSend.map((index) => rows[index] as PushRow));
      toSend.forEach((index, i) => (outcomes[index] = sent[i] ?? null));
    }
    if (toPoll.length > 0) {
      const polled = await this.poll(toPoll.map((index) => (outcomes[index] as Outcome & { status: 'pending' }).token));
      toPoll.forEach((index, i) => (outcomes[index] = polled[i] ?? null));
    }
    const open = outcomes.filter((outcome) => this.isOpen(outcome));
    return open.length > 0 ? pauseFor(open, round) : undefined;
  }

  isOpen(outcome: Outcome | null | undefined): boolean {
    return this.mustSend(outcome) || outcome?.status === 'pending';
  }

  /** Not sent yet, to be sent again, or perhaps not arrived where a repeat is harmless or wanted. */
  mustSend(outcome: Outcome | null | undefined): boolean {
    if (!outcome || outcome.status === 'retry') return true;
    return outcome.status === 'unknown' && (this.repeatable || this.options.delivery === 'atLeastOnce');
  }

  /** Where a repeat by key changes nothing, a batch that is refused for some of its rows is sent in halves. */
  private async send(rows: PushRow[]): Promise<Outcome[]> {
    try {
      return await this.sendOnce(rows);
    } catch (error) {
      if (!isRefusal(error) || rows.length === 1 || this.definition.idempotency !== 'natural') throw error;
      return new Halving((half) => this.sendOnce(half), error, rows.length).of(rows);
    }
  }

  private async sendOnce(rows: PushRow[]): Promise<Outcome[]> {
    this.options.permit();
    return this.outcomes(await this.definition.push(this.context(this.batchName(rows)), rows), rows.length);
  }

  private async poll(tokens: string[]): Promise<Outcome[]> {
    const { ctx, run } = this.options;
    if (!this.definition.poll)
      throw new MillraceError('invalid_connector', `Object "${this.object}" answers "pending" but has no \`poll\`.`);
    this.options.permit();
    return this.outcomes(await this.definition.poll({ ...ctx, run }, tokens), tokens.length);
  }

  private outcomes(answers: Outcome[], expected: number): Outcome[] {
    for (const [index, answer] of this.checked(answers, expected).entries()) {
      const fault = outcomeFault(answer);
      if (fault)
        throw new MillraceError(
          'invalid_connector',
          `What object "${this.object}" answered for row ${index + 1} of ${expected} ${fault}. The connector has to be corrected.`,
        );
    }
    return answers.map((answer) => this.told(answer));
  }

  private told(outcome: Outcome): Outcome {
    if (outcome.status !== 'rejected' || !this.options.amongOthers) return outcome;
    return { ...outcome, message: aboutObject(this.object, outcome.message) };
  }

  private checked<T>(outcomes: T[], expected: number): T[] {
    if (Array.isArray(outcomes) && outcomes.length === expected) return outcomes;
    const got = Array.isArray(outcomes) ? String(outcomes.length) : 'none';
    throw new MillraceError(
      'invalid_connector',
      `Object "${this.object}" gave ${got} outcomes for ${expected} rows; it must give one a row.`,
    );
  }

  /** The same rows get the same name, however often they are read and sent; where it is the destination's key, other content another one. */
  private batchName(rows: PushRow[]): string {
    const first = rows[0];
    const last = rows.at(-1);
    const isKey = this.definition.idempotency === 'key';
    const content = isKey ? hashText(rows.map((row) => `${row.op} ${this.#facts.hashOf(row)}`).join()) : '';
    return `${first?.seq}-${last?.seq}-${rows.length}-${first?.key}-${last?.key}-${content}`;
  }

  private context(batchId: string): PushContext {
    const { ctx, mode, from, run, object } = this.options;
    return { ...ctx, mode, from, run, batchId: hashText(`${run}/${object}/${batchId}`).slice(0, 32) };
  }
}

const firstPause = 250;
const longestPause = 30_000;

/** As long as the destination asks for, a day at most; else growing, with jitter. */
function pauseFor(open: (Outcome | null)[], round: number): Open {
  const told = open.flatMap((outcome) => (outcome?.status === 'retry' ? [outcome] : []));
  const asked = Math.min(longestWait, Math.max(0, ...told.map(({ after }) => after ?? 0)));
  const grown = Math.min(longestPause, firstPause * 2 ** round) * (0.5 + Math.random() / 2);
  const message = told.find((outcome) => outcome.message)?.message ?? doubtIn(open);
  return { wait: Math.max(asked, grown), ...(message && { message }) };
}

/** What is said about rows that may have arrived: they are sent again, and may be for long. */
function doubtIn(open: (Outcome | null)[]): string | undefined {
  const doubts = open.flatMap((outcome) => (outcome?.status === 'unknown' ? [outcome] : []));
  if (doubts.length === 0) return undefined;
  const said = doubts.find((outcome) => outcome.message)?.message;
  return `It is not known whether rows have arrived${said ? ` (${said})` : ''}.`;
}

function longPause({ wait, message }: Open): MillraceError {
  const said = message ? ` It says: ${message}` : '';
  return new MillraceError('rate_limited', `The destination asks to wait; the run goes on by itself.${said}`, {
    retryable: true,
    retryAfter: wait,
  });
}
