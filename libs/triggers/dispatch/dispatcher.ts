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
  /** By trigger, what is being worked off, one firing after the other. */
  readonly #lanes = new Map<string, Set<Promise<void>>>();
  #stopping = false;

  constructor(
    private readonly collections: TriggerCollections,
    private readonly triggers: KnownTriggers,
    private readonly healths: TriggerHealths,
    private readonly worker: FiringWorker,
    private readonly log: Log,
  ) {}

  /** Begins with every trigger that has something due, also where an action is under way: it may take long. Does not wait for them. */
  async start(): Promise<void> {
    for (const trigger of await this.triggers.current()) {
      if (this.#hasRoom(trigger) && (await this.#isDue(trigger))) this.#open(trigger);
    }
  }

  /** Until nothing is under way. */
  async settle(): Promise<void> {
    while (this.#lanes.size > 0) await Promise.all([...this.#lanes.values()].flatMap((lanes) => [...lanes]));
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

  #hasRoom({ slug, definition }: KnownTrigger): boolean {
    const most = 'sync' in definition.do ? 1 : together;
    return !this.#stopping && (this.#lanes.get(slug)?.size ?? 0) < most;
  }

  #open(trigger: KnownTrigger): void {
    if (!this.#hasRoom(trigger)) return;
    const { slug } = trigger;
    const lanes = this.#lanes.get(slug) ?? new Set();
    this.#lanes.set(slug, lanes);
    const lane = this.#workOff(trigger)
      .catch((error: unknown) =>
        this.log.warn({ trigger: slug, err: error }, 'firings of a trigger wait; it is tried again'),
      )
      .finally(() => {
        lanes.delete(lane);
        if (lanes.size === 0) this.#lanes.delete(slug);
      });
    lanes.add(lane);
  }

  /** Whoever finds something to do opens a further lane: there may be more. */
  async #workOff(trigger: KnownTrigger): Promise<void> {
    let goesOn = true;
    while (goesOn && !this.#stopping) {
      const health = await this.healths.of(trigger.slug);
      if (!health || health.held || (health.restUntil && health.restUntil > new Date())) return;
      const firing = await this.worker.take(trigger.slug);
      if (!firing) return;
      this.#open(trigger);
      goesOn = await this.worker.fire(trigger, firing, health);
    }
  }
}
