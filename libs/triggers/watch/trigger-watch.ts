import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import { SensitiveTraits, type Cause, type CauseWatch, type Watched } from '#profiles';
import { hashText, writeUnordered } from '#platform';
import { FiringCounts, TriggerCollections, type StoredFiring } from '../store/index.ts';
import { openedCause } from './opened-cause.ts';
import { KnownTriggers, type KnownTrigger } from './known-triggers.ts';

/**
 * Notes a firing for each trigger that a cause concerns. The id is made of trigger and cause, so a cause that is told again, whatever died
 * meanwhile, is there once.
 */
@Injectable()
export class TriggerWatch implements CauseWatch {
  readonly #noted = new EventEmitter();

  constructor(
    private readonly triggers: KnownTriggers,
    private readonly collections: TriggerCollections,
    private readonly counts: FiringCounts,
    private readonly sensitive: SensitiveTraits,
  ) {}

  /** Calls when something was noted in this process. */
  onNoted(listener: () => void): void {
    this.#noted.on('noted', listener);
  }

  async watched(): Promise<Watched | undefined> {
    const triggers = await this.triggers.current();
    if (triggers.length === 0) return undefined;
    const on = triggers.map(({ definition }) => definition.on);
    return {
      events: new Set(on.flatMap((cause) => ('event' in cause ? [cause.event] : []))),
      traits: new Set(on.flatMap((cause) => ('trait' in cause ? [cause.trait] : []))),
      newcomerTraits: new Set(on.flatMap((cause) => ('trait' in cause && cause.newPeople ? [cause.trait] : []))),
      audiences: new Set(
        on.flatMap((cause) =>
          'entersAudience' in cause ? [cause.entersAudience] : 'leavesAudience' in cause ? [cause.leavesAudience] : [],
        ),
      ),
    };
  }

  async tell(causes: readonly Cause[]): Promise<void> {
    const now = new Date();
    const firings: StoredFiring[] = [];
    const asTold = await this.#opener(causes);
    for (const trigger of await this.triggers.current()) {
      const concerned = causes.filter(
        (cause) => cause.at >= trigger.stored.activeSince && trigger.isCause(asTold(cause)),
      );
      const recent = concerned.filter(({ at }) => now.getTime() - at.getTime() <= trigger.maxAge);
      firings.push(...recent.map((cause) => firingOf(trigger, cause, now)));
      if (recent.length < concerned.length)
        await this.counts.add(trigger.slug, 'tooOld', { count: concerned.length - recent.length });
    }
    if (firings.length === 0) return;
    await writeUnordered(() => this.collections.firings.insertMany(firings, { ordered: false }));
    this.#noted.emit('noted');
  }

  /** Conditions are held against what was told; what is stored stays sealed. */
  async #opener(causes: readonly Cause[]): Promise<(cause: Cause) => Cause> {
    if (!causes.some(({ kind }) => kind === 'trait')) return (cause) => cause;
    const open = await this.sensitive.opener();
    return (cause) => (cause.kind === 'trait' ? openedCause(cause, open) : cause);
  }
}

function firingOf({ slug, wait }: KnownTrigger, cause: Cause, now: Date): StoredFiring {
  // A clock that goes ahead must not put a firing off.
  const since = Math.min(cause.at.getTime(), now.getTime());
  const readyAt = new Date(Math.max(since + wait, now.getTime()));
  return {
    _id: firingId(slug, cause),
    trigger: slug,
    p: cause.profile,
    cause,
    state: wait > 0 ? 'waiting' : 'pending',
    dueAt: readyAt,
    readyAt,
    attempts: 0,
    createdAt: now,
  };
}

/** The same for the same trigger and cause, for good. */
export function firingId(trigger: string, { key }: Pick<Cause, 'key'>): string {
  return `fir_${hashText(JSON.stringify([trigger, key])).slice(0, 32)}`;
}
