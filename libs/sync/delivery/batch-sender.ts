import { MillraceError, rejected, unknown, type Outcome } from '@millrace/sdk';
import type { Open, Pusher } from '../engine/push/pusher.ts';
import type { Batches } from './batches.ts';
import { rowsOf, type OpenBatch } from './open-batch.ts';

const day = 86_400_000;

/** Sends a batch to each of its outputs until all outcomes are final, or the destination wants time. */
export class BatchSender {
  constructor(
    private readonly pushers: Pusher[],
    private readonly batches: Pick<Batches, 'note'>,
    private readonly signal: AbortSignal,
  ) {}

  /** What the destination leaves open, and for how long; nothing: all outcomes are final. What is known by then is noted. */
  async send(batch: OpenBatch): Promise<Open | undefined> {
    for (const [output, pusher] of this.pushers.entries()) {
      const outcomes = batch.outcomes[output] ?? [];
      if (!outcomes.some((outcome) => pusher.isOpen(outcome))) continue;
      await this.noteDoubt(batch, output, pusher);
      const open = await this.round(batch, output, pusher);
      if (!open) continue;
      if (Date.now() - batch.stored.createdAt.getTime() > day) giveUp(outcomes, pusher, open.message);
      else return this.wait(batch, open);
    }
    return undefined;
  }

  private async round(
    { stored, rows, outcomes }: OpenBatch,
    output: number,
    pusher: Pusher,
  ): Promise<Open | undefined> {
    try {
      return await pusher.round(rowsOf(rows, output), outcomes[output] ?? [], stored.rounds);
    } catch (error) {
      // A connector that throws says that nothing arrived, unless it was broken off.
      const isSure = error instanceof MillraceError && !this.signal.aborted;
      if (isSure && !pusher.repeatable) await this.batches.note(stored, { sending: -1 });
      throw error;
    }
  }

  /**
   * Where a repeat is a duplicate, it is noted that a send begins: if the process dies, nobody knows whether it arrived. Such rows, and those
   * that the destination could not tell about, are counted when they are sent again.
   */
  private async noteDoubt({ stored, outcomes, rows }: OpenBatch, output: number, pusher: Pusher): Promise<void> {
    if (pusher.repeatable) return;
    const known = outcomes[output] ?? [];
    if (stored.sending === output)
      rowsOf(rows, output).forEach((_, i) => {
        if (pusher.mustSend(known[i])) known[i] = unknown('The worker died meanwhile.');
      });
    stored.repeated += known.filter((outcome) => outcome?.status === 'unknown' && pusher.mustSend(outcome)).length;
    stored.sending = output;
    await this.batches.note(stored, { outcomes, sending: output, repeated: stored.repeated });
  }

  private async wait({ stored, outcomes }: OpenBatch, open: Open): Promise<Open> {
    const notBefore = new Date(Date.now() + open.wait);
    const rounds = stored.rounds + 1;
    Object.assign(stored, { notBefore, rounds, sending: -1 });
    const { repeated } = stored;
    await this.batches.note(stored, { outcomes, notBefore, rounds, repeated, sending: -1 });
    return open;
  }
}

/** A row that is still not settled after a day never will be: it becomes a reject, so that nothing waits for ever. */
function giveUp(outcomes: (Outcome | null)[], pusher: Pusher, message = 'it gave no reason'): void {
  outcomes.forEach((outcome, i) => {
    if (!pusher.isOpen(outcome)) return;
    outcomes[i] = rejected('timeout', `The destination has not settled the row within a day: ${message}. Replay it.`);
  });
}
