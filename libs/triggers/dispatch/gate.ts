import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { lostRace } from '#platform';
import { Activity, Permissions, Restrictions, SensitiveTraits, type ProfileView } from '#profiles';
import { TriggerCollections, type StoredFiring } from '../store/index.ts';
import { openedCause, type KnownTrigger } from '../watch/index.ts';
import { PersonRecords } from './person-record.ts';

/** Whether a firing goes on, for whom, and if not, what becomes of it. */
export type Verdict = Step & { person?: string };

type Step = { go: true } | { go: false; state: 'skipped' | 'held'; reason: string };

const hour = 3_600_000;
const go: Step = { go: true };

function skip(reason: string): Step {
  return { go: false, state: 'skipped', reason };
}

const tooSoon = skip('It fired for this person a short while ago (coolDown).');

/** What was noted of people who are one by now is about this person. */
function idsOf({ id, absorbed }: ProfileView): string[] {
  return [id, ...absorbed];
}

/** Asked right before an action: what counts is how things are then. */
@Injectable()
export class Gate {
  constructor(
    private readonly collections: TriggerCollections,
    private readonly people: PersonRecords,
    private readonly activity: Activity,
    private readonly permissions: Permissions,
    private readonly restrictions: Restrictions,
    private readonly sensitive: SensitiveTraits,
  ) {}

  async judge(trigger: KnownTrigger, firing: StoredFiring, now: Date): Promise<Verdict> {
    try {
      const person = await this.people.profile(firing.p);
      const reasons = [
        async () => this.tooOld(trigger, firing, now),
        () => this.otherCause(trigger, firing),
        () => this.laterCause(trigger, person, firing),
        () => this.happenedMeanwhile(trigger, firing, now),
        () => this.consent(trigger, person),
        () => this.tooOften(trigger, person, now),
        () => this.coolDown(trigger, person, firing, now),
      ];
      for (const reason of reasons) {
        const verdict = await reason();
        if (!verdict.go) return verdict;
      }
      return { ...go, person: person.id };
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'profile_not_found')
        return skip('Nothing is known of the person any more.');
      throw error;
    }
  }

  /** What the firing had taken of the person is given back: it did not come to pass. */
  async giveBack({ _id: firing, trigger }: StoredFiring, person = ''): Promise<void> {
    await this.collections.coolDowns.deleteOne({ _id: `${person}|${trigger}`, firing });
  }

  /** A pause, a limit or an outage may have kept it from being looked at when it was due. What was tried before goes on, however long ago that was. */
  private tooOld({ maxAge }: KnownTrigger, { readyAt, sealed, payload, reason }: StoredFiring, now: Date): Step {
    const tried = sealed ?? payload ?? reason;
    if (tried !== undefined || now.getTime() - readyAt.getTime() <= maxAge) return go;
    return skip('It was due too long ago (maxAge).');
  }

  /** The trigger was changed since: what it does now is not meant for what it waited for before. */
  private async otherCause(trigger: KnownTrigger, { cause, createdAt }: StoredFiring): Promise<Step> {
    if (createdAt >= trigger.stored.activeSince) return go;
    const told = cause.kind === 'trait' ? openedCause(cause, await this.sensitive.opener()) : cause;
    return trigger.isCause(told) ? go : skip('The trigger waits for something else by now.');
  }

  /**
   * Of several causes during a wait the last one counts: the wait begins anew with each. It may have fired already where this one is looked at late;
   * one that was not to be takes nothing from this one, which is judged as it was.
   */
  private async laterCause(
    { slug: trigger, wait }: KnownTrigger,
    person: ProfileView,
    { _id, cause }: StoredFiring,
  ): Promise<Step> {
    if (wait === 0) return go;
    const others = { p: { $in: idsOf(person) }, trigger, state: { $ne: 'skipped' as const }, _id: { $ne: _id } };
    const later = await this.collections.firings.findOne(
      { ...others, $or: [{ 'cause.at': { $gt: cause.at } }, { 'cause.at': cause.at, _id: { $gt: _id } }] },
      { projection: { _id: 1 } },
    );
    return later ? skip('The same came again later, and the wait began anew.') : go;
  }

  /** Looked up from what the person did, not remembered: so what arrived late counts, too. */
  async happenedMeanwhile(trigger: KnownTrigger, { p, cause }: StoredFiring, now: Date): Promise<Step> {
    const period = { since: cause.at, until: now };
    const { unlessEvents, unlessOrders } = trigger;
    if (unlessEvents.length > 0) {
      const events = await this.activity.events(p, unlessEvents, period);
      const found = events.find((event) => trigger.isUnless({ ...event }));
      if (found) return skip(`"${found.name}" came meanwhile (${found.at}).`);
    }
    return unlessOrders && (await this.activity.ordered(p, period)) ? skip('The person ordered meanwhile.') : go;
  }

  /** Syncs are not about this person; everything else is kept from those who restricted the use of their data. */
  async consent({ definition }: KnownTrigger, { id, identities }: ProfileView): Promise<Step> {
    if ('sync' in definition.do) return go;
    const keys = identities.map(({ key }) => key);
    if ((await this.restrictions.among(keys)).size > 0) return skip('The person restricted the use of their data.');
    const { requires } = definition;
    if (!requires) return go;
    const permission = await this.permissions.mayContact({ id, identities: keys }, requires.channel, requires.purpose);
    return permission.allowed
      ? go
      : skip(`No permission for ${requires.purpose} by ${requires.channel}: ${permission.reason}.`);
  }

  /** Whatever a trigger sets off may bring its own cause about again. */
  async tooOften({ slug: trigger, perPerson }: KnownTrigger, person: ProfileView, now: Date): Promise<Step> {
    const recent = {
      p: { $in: idsOf(person) },
      trigger,
      createdAt: { $gt: new Date(now.getTime() - hour) },
      state: 'sent' as const,
    };
    const count = await this.collections.firings.countDocuments(recent, { limit: perPerson });
    if (count < perPerson) return go;
    const reason = `It fired ${perPerson} times for this person within an hour (limits.perPerson): does it bring its own cause about? Retry it later, or raise the limit.`;
    return { go: false, state: 'held', reason };
  }

  /** Whether the person is left alone just now; takes nothing. */
  async isTaken({ slug, coolDown, stored }: KnownTrigger, person: ProfileView, now: Date): Promise<Step> {
    if (coolDown === 0) return go;
    const _id = { $in: idsOf(person).map((id) => `${id}|${slug}`) };
    const taken = { _id, until: { $gt: now }, since: { $gte: stored.createdAt } };
    return (await this.collections.coolDowns.findOne(taken, { projection: { _id: 1 } })) ? tooSoon : go;
  }

  /** The person is taken for so long: of several firings at once one gets through. */
  private async coolDown(
    { slug: trigger, coolDown, stored }: KnownTrigger,
    { id: p, absorbed }: ProfileView,
    { _id: firing }: StoredFiring,
    now: Date,
  ): Promise<Step> {
    if (coolDown === 0) return go;
    const former = absorbed.map((id) => `${id}|${trigger}`);
    const ofFormerTrigger = { since: { $lt: stored.createdAt } }; // one of the same slug, which was removed
    const reached = { _id: { $in: former }, firing: { $ne: firing }, until: { $gt: now }, $nor: [ofFormerTrigger] };
    if (former.length > 0 && (await this.collections.coolDowns.findOne(reached))) return tooSoon;
    const until = new Date(now.getTime() + coolDown);
    const free = { _id: `${p}|${trigger}`, $or: [{ firing }, { until: { $lte: now } }, ofFormerTrigger] };
    try {
      await this.collections.coolDowns.updateOne(free, { $set: { p, firing, since: now, until } }, { upsert: true });
      return go;
    } catch (error) {
      if (lostRace(error)) return tooSoon;
      throw error;
    }
  }
}
