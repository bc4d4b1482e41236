import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { Log } from '#platform';
import { AlertCollections } from '../collections.ts';
import type { AlertMessage } from '../messages/message.schema.ts';
import { Attempt } from './attempt.ts';
import { longestPause, mostAttempts, pauseAfter } from './retries.ts';

/** Milliseconds after which another worker takes a message from one that is silent: longer than an attempt takes. */
const term = 90_000;
const inOneGo = 50;

/** Sends the messages that are due, each channel on its own: one that hangs or is down holds up no other. */
@Injectable()
export class Deliverer {
  readonly #busy = new Map<string, Promise<void>>();
  #stopping = false;

  constructor(
    private readonly collections: AlertCollections,
    private readonly attempt: Attempt,
    private readonly log: Log,
  ) {}

  /** Begins with every channel that has something due; does not wait for them. */
  async start(now = new Date()): Promise<void> {
    const due = await this.collections.messages.distinct('channel', isDue(now));
    for (const channel of due) {
      if (this.#busy.has(channel)) continue;
      const work = this.deliver(channel)
        .catch((error: unknown) =>
          this.log.warn({ channel, err: error }, 'messages about alerts wait; it is tried again'),
        )
        .finally(() => this.#busy.delete(channel));
      this.#busy.set(channel, work);
    }
  }

  /** Until nothing is under way. */
  async settle(): Promise<void> {
    await Promise.all(this.#busy.values());
  }

  /** Ends after what is being sent right now. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.settle();
  }

  private async deliver(channel: string): Promise<void> {
    for (let sent = 0; sent < inOneGo && !this.#stopping; sent++) {
      const message = await this.take(channel);
      if (!message) return;
      if (!(await this.waitsForFormer(message))) await this.send(message);
    }
  }

  /** A message is taken by moving on the time at which it is due: should this process die, it is due again. */
  private take(channel: string): Promise<AlertMessage | null> {
    const now = new Date();
    return this.collections.messages.findOneAndUpdate(
      { channel, ...isDue(now) },
      { $set: { notBefore: new Date(now.getTime() + term) }, $inc: { attempts: 1 } },
      { sort: { notBefore: 1, _id: 1 }, returnDocument: 'after' },
    );
  }

  /** "Recovered" must not arrive before what it recovered from. */
  private async waitsForFormer({ _id, alert, channel, number, attempts }: AlertMessage): Promise<boolean> {
    const former = await this.collections.messages.findOne(
      { alert, channel, number: { $lt: number }, state: 'pending' },
      { projection: { notBefore: 1 }, sort: { number: -1 } },
    );
    if (!former) return false;
    await this.collections.messages.updateOne(
      { _id, attempts, state: 'pending' },
      { $set: { notBefore: new Date(Math.max(former.notBefore.getTime(), Date.now()) + 1) }, $inc: { attempts: -1 } },
    );
    return true;
  }

  private async send({ _id, channel: id, notice, attempts, left: leftBefore }: AlertMessage): Promise<void> {
    const { channels, messages } = this.collections;
    const channel = await channels.findOne({ _id: id });
    const mine = { _id, attempts, state: 'pending' as const };
    if (!channel) {
      await messages.updateOne(mine, { $set: { state: 'failed', said: 'The channel was removed.' } });
      return;
    }
    const outgoing = { id: _id, notice, ...(leftBefore && { left: leftBefore }) };
    const { ok, at, code, message: said, retryable, retryAfter, left } = await this.attempt.make(channel, outgoing);
    if (ok) {
      await messages.updateOne(mine, { $set: { state: 'sent', sentAt: at, said }, $unset: { code: '' } });
    } else if (attempts >= mostAttempts(retryable)) {
      this.log.error({ channel: id, message: _id, code }, 'a message about an alert is given up: test its channel');
      await messages.updateOne(mine, { $set: { state: 'failed', code, said, ...(left && { left }) } });
    } else {
      const notBefore = new Date(Date.now() + pauseAfter(attempts, retryAfter));
      await messages.updateOne(mine, { $set: { notBefore, code, said, ...(left && { left }) } });
    }
  }
}

/** Its time has come; or it is so late that a clock which ran ahead must have written it. */
function isDue(now: Date): mongo.Filter<AlertMessage> {
  const impossible = new Date(now.getTime() + 2 * longestPause);
  return { state: 'pending', $or: [{ notBefore: { $lte: now } }, { notBefore: { $gt: impossible } }] };
}
