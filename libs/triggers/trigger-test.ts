import { Injectable } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { Activity, type Cause, type ProfileView } from '#profiles';
import { Actions, Gate, PersonRecords } from './dispatch/index.ts';
import { compileTrigger } from './definition/index.ts';
import type { StoredFiring, StoredTrigger } from './store/index.ts';
import { definitionOf } from './triggers.ts';
import { firingId, type KnownTrigger } from './watch/index.ts';

/** What a trigger would do for a person now. */
export interface TriggerTrial {
  profile: string;
  fires: boolean;
  /** Why not. */
  reasons: string[];
  /** The cause that it was tried with. */
  cause: Json;
  /** What would be sent: the webhook's body, or the mapped row. */
  payload?: Json;
}

const lookBack = 30 * 86_400_000;

/** Tries a trigger with somebody. Nothing is sent and nothing is stored. */
@Injectable()
export class TriggerTest {
  constructor(
    private readonly gate: Gate,
    private readonly actions: Actions,
    private readonly people: PersonRecords,
    private readonly activity: Activity,
  ) {}

  /** @param properties of an event to try it with; default: the person's last one. Throws `invalid_identity`, `profile_not_found`. */
  async run(stored: StoredTrigger, identity: string, properties?: Record<string, Json>): Promise<TriggerTrial> {
    const compiled = compileTrigger(definitionOf(stored));
    const trigger: KnownTrigger = { ...compiled, slug: stored._id, stored };
    const person = await this.people.find(identity);
    const now = new Date();
    const cause = await this.#causeOf(trigger, person, now, properties);
    if (!cause)
      return {
        profile: person.id,
        fires: false,
        cause: null,
        reasons: ['The person has no such event within 30 days.'],
      };
    const firing: StoredFiring = {
      ...{ _id: firingId(trigger.slug, cause), trigger: trigger.slug, p: person.id, cause, state: 'pending' },
      ...{ readyAt: now, attempts: 0, createdAt: now },
    };
    const verdicts = [
      await this.gate.happenedMeanwhile(trigger, firing, now),
      await this.gate.consent(trigger, person),
      await this.gate.tooOften(trigger, person, now),
      await this.gate.isTaken(trigger, person, now),
    ];
    const reasons = [
      ...(trigger.isCause(cause) ? [] : ['It is not what the trigger waits for: see `on`.']),
      ...verdicts.flatMap((verdict) => (verdict.go ? [] : [verdict.reason])),
      ...(stored.paused ? ['The trigger is paused.'] : []),
      ...(stored.health.held ? [`The trigger is held. ${stored.health.held.reason}`] : []),
    ];
    const { at, key: _, profile: __, ...told } = cause;
    const shown = { ...told, at: at.toISOString() } as Json;
    const payload = await this.#payload(trigger, firing);
    return { profile: person.id, fires: reasons.length === 0, reasons, cause: shown, ...payload };
  }

  async #payload(trigger: KnownTrigger, firing: StoredFiring): Promise<{ payload?: Json }> {
    if ('sync' in trigger.definition.do) return {};
    return { payload: JSON.parse(await this.actions.payload(trigger, firing)) as Json };
  }

  async #causeOf(
    { definition: { on } }: KnownTrigger,
    { id: profile, traits }: ProfileView,
    now: Date,
    properties?: Record<string, Json>,
  ): Promise<Cause | undefined> {
    const named = { key: 'test', profile, at: now };
    if ('entersAudience' in on)
      return { ...named, kind: 'audience', audience: on.entersAudience, entered: true, defined: false };
    if ('leavesAudience' in on)
      return { ...named, kind: 'audience', audience: on.leavesAudience, entered: false, defined: false };
    if ('trait' in on) {
      const to = traits[on.trait];
      const from = on.from?.is === 'equals' ? on.from.value : undefined;
      return {
        ...{ ...named, kind: 'trait', trait: on.trait, newcomer: false },
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      };
    }
    if (properties) return { ...named, kind: 'event', name: on.event, properties };
    const since = new Date(now.getTime() - lookBack);
    const [last] = await this.activity.events(profile, [on.event], { since, until: now });
    return last && { ...named, at: new Date(last.at), kind: 'event', name: last.name, properties: last.properties };
  }
}
