import { Injectable } from '@nestjs/common';
import { configSpec, isObject, MillraceError, refuseVainTests } from '@millrace/sdk';
import { WebhookChannelConfig } from '#alerts';
import {
  changedConfiguration,
  newConfiguration,
  type Configuration,
  type JsonObject,
  type Secrets,
} from '#connections';
import { againIfOvertaken, canonicalJson, Overtaken, refuseStale, type Putting } from '#platform';
import { Audiences } from '#profiles';
import { HandOver, Syncs } from '#sync';
import { compileTrigger, refuseEndless, type TriggerDefinition } from './definition/index.ts';
import { FiringCounts, TriggerCollections, TriggerSecrets, type StoredTrigger } from './store/index.ts';
import { KnownTriggers } from './watch/index.ts';

export interface NewTrigger extends TriggerDefinition {
  /** Default: the slug. */
  name?: string;
  description?: string;
}

const most = 200;
const webhookSpec = configSpec(WebhookChannelConfig);

/** Triggers: made, changed, paused, removed. */
@Injectable()
export class Triggers {
  constructor(
    private readonly collections: TriggerCollections,
    private readonly secrets: TriggerSecrets,
    private readonly counts: FiringCounts,
    private readonly known: KnownTriggers,
    private readonly audiences: Audiences,
    private readonly syncs: Syncs,
    private readonly handOver: HandOver,
  ) {}

  /** Throws what `put` throws; `conflict` when there is one of that slug. */
  async create(slug: string, given: NewTrigger): Promise<StoredTrigger> {
    if (await this.collections.triggers.findOne({ _id: slug }, { projection: { _id: 1 } }))
      throw new MillraceError(
        'conflict',
        `There is a trigger "${slug}" already. Choose another slug, or change it: PUT /api/triggers/${slug}.`,
      );
    return (await this.#putOnce(slug, given, {})).trigger;
  }

  /**
   * Makes it be exactly this; the same again changes nothing. A secret that is null or absent is kept. With `rehearse` nothing is stored,
   * and what it names may be yet to come. `madeFrom`: the revision that the change was made from.
   * Throws `bad_request`, `invalid_condition`, `invalid_config`, `secrets_required`, `conflict`; with `madeFrom`, `not_found`.
   */
  put(slug: string, given: NewTrigger, options: Putting = {}): Promise<{ trigger: StoredTrigger; created: boolean }> {
    return againIfOvertaken(() => this.#putOnce(slug, given, options));
  }

  async #putOnce(
    slug: string,
    given: NewTrigger,
    { rehearse = false, madeFrom }: Putting,
  ): Promise<{ trigger: StoredTrigger; created: boolean }> {
    const present = madeFrom ? await this.get(slug) : await this.collections.triggers.findOne({ _id: slug });
    if (present) refuseStale('trigger', present, madeFrom);
    const next = this.#next(slug, given, present ?? undefined);
    if (present && next === present) return { trigger: present, created: false };
    if (!rehearse) {
      await this.#check(given);
      await this.#store(next, present?.revision);
    }
    return { trigger: next, created: !present };
  }

  /** Throws `not_found`. */
  async get(slug: string): Promise<StoredTrigger> {
    const found = await this.collections.triggers.findOne({ _id: slug });
    if (found) return found;
    throw new MillraceError(
      'not_found',
      `There is no trigger "${slug}". GET /api/triggers lists them; PUT /api/triggers/${slug} makes it.`,
    );
  }

  list(after: string | undefined, limit: number): Promise<StoredTrigger[]> {
    const beyond = after === undefined ? {} : { _id: { $gt: after } };
    return this.collections.triggers.find(beyond, { sort: { _id: 1 }, limit }).toArray();
  }

  /** What happens while it is paused never fires it; what is due already waits. Throws `not_found`. */
  async pause(slug: string): Promise<StoredTrigger> {
    return this.#changed(slug, { $set: { paused: true, updatedAt: new Date() } });
  }

  /** From a pause, or because a limit was passed. Throws `not_found`. */
  async resume(slug: string): Promise<StoredTrigger> {
    const { paused } = await this.get(slug);
    const now = new Date();
    const passed = await this.counts.letPass(slug);
    return this.#changed(slug, {
      $set: {
        ...{ paused: false, 'health.failures': 0, 'health.passed': passed, updatedAt: now },
        ...(paused && { activeSince: now }),
      },
      $unset: { 'health.held': '', 'health.restUntil': '', 'health.failingSince': '' },
    });
  }

  /** With its firings. Throws `not_found`. */
  async remove(slug: string): Promise<void> {
    const { deletedCount } = await this.collections.triggers.deleteOne({ _id: slug });
    if (deletedCount === 0) await this.get(slug);
    await this.collections.firings.deleteMany({ trigger: slug });
    await this.counts.forget(slug);
    await this.known.latest();
  }

  /** The very same object when nothing changes. */
  #next(slug: string, { name = slug, description, ...given }: NewTrigger, present?: StoredTrigger): StoredTrigger {
    const { definition, secret } = this.#sealable(slug, given, present);
    compileTrigger(definition);
    refuseVainTests({ on: definition.on, unless: definition.unless });
    const text = canonicalJson(definition);
    const before = present && this.secrets.open(present);
    const same = present?.definition === text && before === secret;
    if (same && present.name === name && present.description === description) return present;
    const now = new Date();
    const sameCause = present && canonicalJson(definitionOf(present).on) === canonicalJson(definition.on);
    return {
      _id: slug,
      name,
      ...(description !== undefined && { description }),
      definition: text,
      ...this.secrets.seal(slug, secret),
      paused: present?.paused ?? false,
      activeSince: sameCause ? present.activeSince : now,
      health: present?.health ?? { failures: 0 },
      revision: (present?.revision ?? 0) + 1,
      createdAt: present?.createdAt ?? now,
      updatedAt: now,
    };
  }

  /** The definition without secrets, and the secret. */
  #sealable(
    slug: string,
    given: TriggerDefinition,
    present: StoredTrigger | undefined,
  ): { definition: TriggerDefinition; secret?: string } {
    const definition = JSON.parse(JSON.stringify(given)) as TriggerDefinition;
    if (!isObject(definition.do) || !('webhook' in definition.do)) return { definition };
    const { webhook } = definition.do as { webhook: JsonObject };
    const before = present && this.#webhookOf(present);
    const { config, secrets } = before
      ? changedConfiguration(webhookSpec, before, webhook, 'replace')
      : newConfiguration(webhookSpec, webhook);
    const { secret } = secrets as { secret?: string };
    const stored = { ...definition, do: { webhook: config as { url: string } } };
    return { definition: stored, ...(secret !== undefined && { secret }) };
  }

  #webhookOf(present: StoredTrigger): Configuration | undefined {
    const action = definitionOf(present).do;
    if (!('webhook' in action)) return undefined;
    const secret = this.secrets.open(present);
    const secrets: Secrets = secret === undefined ? {} : { secret };
    return { config: { url: action.webhook.url }, secrets };
  }

  /** What it names is there. */
  async #check({ on, do: action }: TriggerDefinition): Promise<void> {
    if ('entersAudience' in on) await this.audiences.get(on.entersAudience);
    if ('leavesAudience' in on) await this.audiences.get(on.leavesAudience);
    if ('sync' in action) refuseEndless(await this.syncs.require(action.sync));
    if ('handOver' in action) await this.handOver.check(action.handOver);
  }

  async #store(next: StoredTrigger, seen: number | undefined): Promise<void> {
    const { triggers } = this.collections;
    if (seen === undefined && (await triggers.countDocuments({}, { limit: most })) >= most)
      throw new MillraceError('conflict', `There are ${most} triggers, which is as many as can be. Remove one.`);
    const { _id, health: _health, paused: _paused, ...said } = next; // these go their own ways
    const gone = {
      ...(next.description === undefined && { description: '' as const }),
      ...(next.sealed === undefined && { sealed: '' as const }),
    };
    const stored =
      seen === undefined
        ? await triggers.updateOne({ _id }, { $setOnInsert: next }, { upsert: true })
        : await triggers.updateOne(
            { _id, revision: seen },
            { $set: said, ...(Object.keys(gone).length > 0 && { $unset: gone }) },
          );
    if (stored.modifiedCount + stored.upsertedCount === 0)
      throw new Overtaken('The trigger was changed by somebody else meanwhile. Read it, then repeat.');
    await this.known.latest();
  }

  async #changed(
    slug: string,
    update: Parameters<TriggerCollections['triggers']['findOneAndUpdate']>[1],
  ): Promise<StoredTrigger> {
    const changed = await this.collections.triggers.findOneAndUpdate({ _id: slug }, update, {
      returnDocument: 'after',
    });
    await this.known.latest();
    return changed ?? this.get(slug);
  }
}

/** Without secrets. */
export function definitionOf({ definition }: Pick<StoredTrigger, 'definition'>): TriggerDefinition {
  return JSON.parse(definition) as TriggerDefinition;
}
