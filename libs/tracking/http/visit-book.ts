import { Injectable } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import type { Request } from 'express';
import { Log, Seldom } from '#platform';
import type { TrackingToken } from '../tokens/index.ts';
import { MailVisits } from '../visits/index.ts';
import { answerWithin } from './answer-within.ts';

/** Milliseconds that somebody who wants a picture or a page waits for our book-keeping. */
const patience = 1_500;
/** Visits that are looked at at a time: beyond that pictures and pages are given without noting it. */
const most = 1_000;
const quiet = 60_000;

/** Keeps visits beside the answer: whatever happens to the note, people get what they asked for. */
@Injectable()
export class VisitBook {
  readonly #missed = new Seldom(quiet);
  #underWay = 0;

  constructor(
    private readonly visits: MailVisits,
    private readonly log: Log,
  ) {}

  /** Resolves once the visit is durable, or has taken too long. */
  async note(token: TrackingToken, { method, headers, ip }: Pick<Request, 'method' | 'headers' | 'ip'>): Promise<void> {
    if (this.#underWay >= most) return this.#tell('too many at a time');
    this.#underWay++;
    const kept = this.visits
      .keep(token, { method, headers, ip })
      .then(() => undefined)
      .catch((error: unknown) => this.#tell(messageOf(error)))
      .finally(() => this.#underWay--);
    await answerWithin(patience, kept);
  }

  #tell(reason: string): void {
    this.#missed.tell(1, (count) => this.log.warn({ count, reason }, 'opens or clicks of mails could not be kept'));
  }
}
