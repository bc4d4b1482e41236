import { Injectable } from '@nestjs/common';
import { Log } from '#platform';
import { TriggerCollections, TriggerHealths } from '../store/index.ts';
import { KnownTriggers, type KnownTrigger } from '../watch/index.ts';
import { FiringWorker } from './firing-worker.ts';

/** Actions of one trigger that a process carries out at the same time. */
const together = 4;

/** Fires what is due, each trigger on its own: one whose other side hangs or is down holds up no other. */
@Injectable()
export class Dispatcher {
  readonly #busy = new Map<string, Promise<void>>();
  #stopping = false;

  constructor(
    private readonly collections: TriggerCollections,
    private readonly triggers: KnownTriggers,
    private readonly healths: TriggerHealths,
    private readonly worker: FiringWorker,
    private readonly log: Log,
  ) {}

  /** Begins with every trigger that has something due; does not wait for them. */
  async start(): Promise<void> {
    const idle = (await this.triggers.current()).filter(({ slug }) => !this.#busy.has(slug));
    for (const trigger of idle) {
      if (this.#stopping || this.#busy.has(trigger.slug) || !(await this.#isDue(trigger))) continue;
      const work = this.#dispatch(trigger)
        .catch((error: unknown) =>
          this.log.warn({ trigger: trigger.slug, err: error }, 'firings of a trigger wait; it is tried again'),
        )
        .finally(() => this.#busy.delete(trigger.slug));
      this.#busy.set(trigger.slug, work);
    }
  }

  /** Until nothing is under way. */
  async settle(): Promise<void> {
    await Promise.all(this.#busy.values());
  }

  /** Ends after what is being done right now. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.settle();
  }

  async #isDue({ slug: trigger }: KnownTrigger): Promise<boolean> {
    const due = await this.collections.firings.findOne(
      { trigger, dueAt: { $lte: new Date() } },
      { projection: { _id: 1 } },
    );
    return due !== null;
  }

  async #dispatch(trigger: KnownTrigger): Promise<void> {
    let goesOn = true;
    const one = async (): Promise<void> => {
      while (goesOn && !this.#stopping) {
        const health = await this.healths.of(trigger.slug);
        if (!health || health.held || (health.restUntil && health.restUntil > new Date())) return;
        const firing = await this.worker.take(trigger.slug);
        if (!firing) return;
        if (!(await this.worker.fire(trigger, firing, health))) goesOn = false;
      }
    };
    await Promise.all(Array.from({ length: 'sync' in trigger.definition.do ? 1 : together }, one));
  }
}
