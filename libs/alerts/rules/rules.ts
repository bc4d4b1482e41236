import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { againIfOvertaken, canonicalJson, newId, Overtaken, putRevision, refuseStale, revisionOf } from '#platform';
import { Syncs } from '#sync';
import { Channels } from '../channels/channels.ts';
import { AlertCollections } from '../collections.ts';
import { insertUnlessTaken } from '../insert-unless-taken.ts';
import { isId } from '../slug.ts';
import { WatchedTriggers } from '../triggers/index.ts';
import { alertKinds, type AlertRule } from './rule.schema.ts';
import type { ChangeRuleDto, CreateRuleDto, PutRuleDto } from './rule.dto.ts';

type Wanted = Omit<AlertRule, '_id' | 'slug' | 'revision' | 'createdAt' | 'updatedAt'>;

/** Rules: made, changed, told about. Every `ref` is an id (`rul_…`) or a slug. */
@Injectable()
export class Rules implements OnModuleInit {
  constructor(
    private readonly collections: AlertCollections,
    private readonly channels: Channels,
    private readonly syncs: Syncs,
    private readonly triggers: WatchedTriggers,
  ) {}

  onModuleInit(): void {
    this.syncs.onRename(async ({ from, to }) => {
      await this.collections.rules.updateMany(
        { syncs: from },
        { $set: { 'syncs.$': to }, $inc: { revision: 1 }, $currentDate: { updatedAt: true } },
      );
    });
  }

  /** Throws `bad_request`, `not_found` for a sync, a trigger or a channel, `conflict`. */
  async create(dto: CreateRuleDto): Promise<AlertRule> {
    const made = await this.insert(dto);
    if (made) return made;
    throw new MillraceError(
      'conflict',
      `There is a rule "${dto.slug}" already. Choose another slug, or change it: PUT /api/alerts/rules/${dto.slug}.`,
    );
  }

  private async insert({ slug, ...dto }: CreateRuleDto): Promise<AlertRule | undefined> {
    const now = new Date();
    const rule: AlertRule = {
      _id: newId('rul'),
      slug,
      ...(await this.wanted(slug, dto)),
      revision: 1,
      createdAt: now,
      updatedAt: now,
    };
    return (await insertUnlessTaken(this.collections.rules, rule)) ? rule : undefined;
  }

  /**
   * Makes the rule of a slug, or makes it what is given. The same again changes nothing.
   *
   * @param madeFrom the revision that the change was made from: `conflict` when it is another one by now (default: any)
   */
  put(ref: string, dto: PutRuleDto, madeFrom?: number): Promise<{ rule: AlertRule; created: boolean }> {
    return againIfOvertaken(() => this.putOnce(ref, dto, madeFrom));
  }

  /** Throws what `put` would throw; stores nothing. The channels, syncs and triggers that it names may be yet to come. */
  async rehearsePut(ref: string, dto: PutRuleDto, madeFrom?: number): Promise<void> {
    await this.present(ref, madeFrom);
    wantedOf(ref, dto);
  }

  private async putOnce(
    ref: string,
    dto: PutRuleDto,
    madeFrom: number | undefined,
  ): Promise<{ rule: AlertRule; created: boolean }> {
    const present = await this.present(ref, madeFrom);
    if (present)
      return { rule: await this.replace(present, await this.wanted(present.slug, dto, present)), created: false };
    const rule = await this.insert({ ...dto, slug: ref });
    if (rule) return { rule, created: true };
    throw changedMeanwhile();
  }

  /** What is to be changed; null: a slug that is free. */
  private async present(ref: string, madeFrom: number | undefined): Promise<AlertRule | null> {
    const present = madeFrom || isId(ref) ? await this.get(ref) : await this.find(ref);
    if (present) refuseStale('rule', { revision: revisionOf(present) }, madeFrom);
    return present;
  }

  async change(ref: string, changes: ChangeRuleDto): Promise<AlertRule> {
    const present = await this.get(ref);
    const { name, enabled, on, labels, syncs, triggers, to, wait, repeat = null } = present;
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    return this.replace(
      present,
      await this.wanted(
        present.slug,
        { name, enabled, on, labels, syncs, triggers, to, wait, repeat, ...given },
        present,
      ),
    );
  }

  async get(ref: string): Promise<AlertRule> {
    const found = await this.find(ref);
    if (found) return found;
    throw noSuchRule(ref);
  }

  list({ after, limit }: { after?: string; limit: number }): Promise<AlertRule[]> {
    const filter = after === undefined ? {} : { _id: { $gt: after } };
    return this.collections.rules.find(filter, { sort: { _id: 1 }, limit }).toArray();
  }

  /** When each of them fired last, as far back as alerts are kept. */
  async lastAlerts(rules: readonly AlertRule[]): Promise<Map<string, Date>> {
    const last = this.collections.alerts.aggregate<{ _id: string; at: Date }>([
      { $match: { rule: { $in: rules.map(({ _id }) => _id) } } },
      { $sort: { rule: 1, openedAt: -1 } },
      { $group: { _id: '$rule', at: { $first: '$openedAt' } } },
    ]);
    return new Map((await last.toArray()).map(({ _id, at }) => [_id, at]));
  }

  /** Its open alerts are closed without a message. */
  async remove(ref: string): Promise<void> {
    const { deletedCount } = await this.collections.rules.deleteOne({ _id: (await this.get(ref))._id });
    if (deletedCount === 0) throw noSuchRule(ref);
  }

  private find(ref: string): Promise<AlertRule | null> {
    return this.collections.rules.findOne(isId(ref) ? { _id: ref } : { slug: ref });
  }

  private async replace(present: AlertRule, wanted: Wanted): Promise<AlertRule> {
    const { _id, slug, revision: _, createdAt, updatedAt: __, ...before } = present;
    const revision = revisionOf(present);
    if (canonicalJson(before) === canonicalJson(wanted)) return present;
    const next = { _id, slug, ...wanted, revision: revision + 1, createdAt, updatedAt: new Date() };
    if (await putRevision(this.collections.rules, next, revision)) return next;
    throw changedMeanwhile();
  }

  /** What a rule names already may be gone by now: that must not keep anybody from changing the rest of it. */
  private async wanted(slug: string, dto: PutRuleDto, present?: AlertRule): Promise<Wanted> {
    const wanted = wantedOf(slug, dto);
    for (const channel of wanted.to) await this.channels.get(channel);
    for (const sync of without(present?.syncs, wanted.syncs)) await this.syncs.require(sync);
    for (const trigger of without(present?.triggers, wanted.triggers)) await this.triggers.require(trigger);
    return wanted;
  }
}

function without(known: readonly string[] = [], names: readonly string[] = []): string[] {
  return names.filter((name) => !known.includes(name));
}

function wantedOf(slug: string, dto: PutRuleDto): Wanted {
  const { name = slug, enabled = true, labels, syncs, triggers, to, wait = '30s', repeat = '24h' } = dto;
  const on = Object.fromEntries(
    alertKinds.flatMap((kind) => (dto.on[kind] === undefined || dto.on[kind] === false ? [] : [[kind, dto.on[kind]]])),
  );
  if (Object.keys(on).length === 0)
    throw new MillraceError('bad_request', `\`on\` must name at least one of ${alertKinds.join(', ')}.`);
  return {
    name,
    enabled,
    on,
    ...(labels && { labels }),
    ...(syncs && { syncs }),
    ...(triggers && { triggers }),
    to,
    wait,
    ...(repeat !== null && { repeat }),
  };
}

function noSuchRule(ref: string): MillraceError {
  return new MillraceError('not_found', `There is no alert rule "${ref}". GET /api/alerts/rules lists them.`);
}

function changedMeanwhile(): Overtaken {
  return new Overtaken('The rule was changed by somebody else meanwhile. Read it again, then repeat.');
}
