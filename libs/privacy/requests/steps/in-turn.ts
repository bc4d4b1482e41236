import { Injectable } from '@nestjs/common';
import { Tombstones } from '#tombstones';
import { naming } from '../naming.ts';
import { RequestStore } from '../request-store.ts';
import { waitFor, type Step, type Wait, type Work } from '../work.ts';

const pause = 5_000;
/** Milliseconds that one waits for another that never ends. */
const patience = 86_400_000;

/**
 * An export and an erasure of the same person, in the order in which they were asked for: an export that goes on while the person is erased would be half of
 * one, and keep what was erased.
 */
@Injectable()
export class InTurn implements Step {
  readonly name = 'in turn';

  constructor(
    private readonly store: RequestStore,
    private readonly tombstones: Tombstones,
  ) {}

  async run({ request, subject, now }: Work): Promise<Wait | undefined> {
    if (now.getTime() - request.requestedAt.getTime() > patience) return undefined;
    const earlier = await this.store.collection.findOne(
      {
        open: true,
        ...(request.kind === 'export' ? stillErasing : { kind: 'export' }),
        _id: { $lt: request._id },
        ...naming(this.tombstones, subject.identities),
      },
      { projection: { kind: 1 } },
    );
    if (!earlier) return undefined;
    const what = earlier.kind === 'export' ? 'An export' : 'An erasure';
    return waitFor(now, pause, `${what} of the same person was asked for before, and is done first: ${earlier._id}.`);
  }
}

/** Whoever is erased here may have to be told of for weeks. */
const stillErasing = { kind: 'erase', 'steps.name': { $ne: 'erase again' } } as const;
