import { Injectable } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { TriggerCollections } from './store/index.ts';

/** What triggers keep of people: firings that name them, and for how long they are left alone. */
@Injectable()
export class FiringErasure {
  constructor(private readonly collections: TriggerCollections) {}

  /** By collection, how much was removed. `profiles`: the person's ids, merged ones included. */
  async erase(profiles: readonly string[]): Promise<Record<string, number>> {
    const theirs = { p: { $in: [...profiles] } };
    const { deletedCount: firings } = await this.collections.firings.deleteMany(theirs);
    const { deletedCount: coolDowns } = await this.collections.coolDowns.deleteMany(theirs);
    return {
      ...(firings > 0 && { trigger_firings: firings }),
      ...(coolDowns > 0 && { trigger_cool_downs: coolDowns }),
    };
  }

  /** What fired for a person, for the person to read. */
  async *export(profiles: readonly string[]): AsyncGenerator<Json> {
    for await (const { trigger, cause, state, createdAt } of this.collections.firings.find({
      p: { $in: [...profiles] },
    })) {
      const { kind, at } = cause;
      yield { trigger, cause: kind, causedAt: at.toISOString(), state, at: createdAt.toISOString() };
    }
  }
}
