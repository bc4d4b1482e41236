import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Connections } from '#connections';
import {
  againIfOvertaken,
  canonicalJson,
  Overtaken,
  putRevision,
  refuseStale,
  revisionOf,
  type Putting,
  type Removing,
} from '#platform';
import { QualityCollections } from '../../collections.ts';
import type { AuditRule, AuditRuleState, OwnRule, RuleLimits, StoredAuditRule } from './audit-rule.ts';
import { builtInRules } from './built-in-rules.ts';
import { limitsIn, ownRuleIn, type GivenRule } from './given-rule.ts';

const mostOwn = 200;

/** What is stored of a rule: all of one's own, and of a built-in one what is different. */
type Said = { own: OwnRule } | { limits: RuleLimits };

/** What the store is looked at for: built-in rules, which can be switched off and limited, and one's own. */
@Injectable()
export class AuditRules {
  constructor(
    private readonly collections: QualityCollections,
    private readonly connections: Connections,
  ) {}

  /** All of them, by slug. */
  async list(): Promise<AuditRuleState[]> {
    const stored = await this.collections.auditRules.find({}, { limit: mostOwn + builtInRules.length }).toArray();
    const byId = new Map(stored.map((rule) => [rule._id, rule]));
    const own = stored.flatMap((rule) => (rule.own ? [ownRule(rule, rule.own)] : []));
    return [...builtInRules.map((rule) => limited(rule, byId.get(rule.slug))), ...own].sort((x, y) =>
      x.slug < y.slug ? -1 : 1,
    );
  }

  /** Those that an audit goes by, as it keeps them: two audits are compared by what their rules look for, however often these were changed. */
  async enabled(): Promise<AuditRule[]> {
    const rules = (await this.list()).filter(({ enabled }) => enabled);
    return rules.map(({ revision: _, limits: __, ...rule }) => rule);
  }

  /** Throws `not_found`. */
  async get(slug: string): Promise<AuditRuleState> {
    const found = stateOf(slug, await this.find(slug));
    if (found) return found;
    throw noRule(slug);
  }

  /**
   * Makes a rule, or makes it what is given; of a built-in one, what is not given is as it was at first. The same again changes nothing. Throws
   * `bad_request`, `not_found`, `conflict`, `invalid_condition`.
   */
  put(
    slug: string,
    given: GivenRule,
    { madeFrom }: Pick<Putting, 'madeFrom'> = {},
  ): Promise<{ rule: AuditRuleState; created: boolean }> {
    return againIfOvertaken(() => this.putOnce(slug, given, madeFrom));
  }

  /** Throws what `put` would throw, but for connections that are yet to come; stores nothing. */
  async rehearsePut(slug: string, given: GivenRule, { madeFrom }: Pick<Putting, 'madeFrom'> = {}): Promise<void> {
    saidOf(slug, given);
    await this.replaced(slug, madeFrom);
  }

  /** Switches a rule off or on, or limits it. Throws `not_found`. */
  change(slug: string, limits: RuleLimits): Promise<AuditRuleState> {
    return againIfOvertaken(async () => {
      const present = await this.find(slug);
      if (!stateOf(slug, present)) throw noRule(slug);
      const given = await this.withIds(limitsIn(slug, limits));
      const { own, limits: before } = present ?? {};
      const said = own && !builtInOf(slug) ? { own: { ...own, ...given } } : { limits: { ...before, ...given } };
      return this.replace(slug, said, present);
    });
  }

  /** Removes a rule of one's own, or the limits of a built-in one. Throws `not_found`. */
  async remove(slug: string, { rehearse = false }: Pick<Removing, 'rehearse'> = {}): Promise<void> {
    await this.get(slug);
    if (!rehearse) await this.collections.auditRules.deleteOne({ _id: slug });
  }

  private async putOnce(
    slug: string,
    given: GivenRule,
    madeFrom: number | undefined,
  ): Promise<{ rule: AuditRuleState; created: boolean }> {
    const said = saidOf(slug, given);
    const present = await this.replaced(slug, madeFrom);
    const known = 'own' in said ? { own: await this.withIds(said.own) } : { limits: await this.withIds(said.limits) };
    const rule = await this.replace(slug, known, present);
    return { rule, created: !present && rule.revision > 0 };
  }

  /** What a put replaces. Throws `conflict`, and `not_found` when it was removed since the change was made. */
  private async replaced(slug: string, madeFrom: number | undefined): Promise<StoredAuditRule | undefined> {
    const present = await this.find(slug);
    const state = stateOf(slug, present);
    if (state) refuseStale('rule', state, madeFrom);
    else if (madeFrom) throw noRule(slug);
    else if ((await this.collections.auditRules.countDocuments({ own: { $exists: true } })) >= mostOwn)
      throw new MillraceError('conflict', `There are ${mostOwn} rules already. Remove one first.`);
    return present;
  }

  private async replace(slug: string, said: Said, present: StoredAuditRule | undefined): Promise<AuditRuleState> {
    const { own, limits = {} } = present ?? {};
    if (canonicalJson(said) === canonicalJson('own' in said ? { own } : { limits })) return this.get(slug);
    const seen = present ? revisionOf(present) : 0;
    const next: StoredAuditRule = { ...present, _id: slug, ...said, revision: seen + 1, updatedAt: new Date() };
    const state = stateOf(slug, next);
    if (state && (await putRevision(this.collections.auditRules, next, seen))) return state;
    throw new Overtaken('Somebody else changed this rule meanwhile: read it again, then change it.');
  }

  /** Connections by their ids, as findings name them. Throws `not_found`. */
  private async withIds<T extends RuleLimits>(limits: T): Promise<T> {
    if (!limits.connections) return limits;
    return { ...limits, connections: await Promise.all(limits.connections.map((ref) => this.idOf(ref))) };
  }

  /** What a connection brought stays when it is removed: its id still means something, a slug does not. */
  private async idOf(ref: string): Promise<string> {
    return ref.startsWith('con_') ? ref : (await this.connections.get(ref)).id;
  }

  private async find(slug: string): Promise<StoredAuditRule | undefined> {
    return (await this.collections.auditRules.findOne({ _id: slug })) ?? undefined;
  }
}

function saidOf(slug: string, given: GivenRule): Said {
  return builtInOf(slug) ? { limits: limitsIn(slug, given) } : { own: ownRuleIn(given) };
}

function builtInOf(slug: string): AuditRule | undefined {
  return builtInRules.find((rule) => rule.slug === slug);
}

function stateOf(slug: string, stored: StoredAuditRule | undefined): AuditRuleState | undefined {
  const builtIn = builtInOf(slug);
  if (builtIn) return limited(builtIn, stored);
  return stored?.own && ownRule(stored, stored.own);
}

function limited(rule: AuditRule, stored: StoredAuditRule | undefined): AuditRuleState {
  const limits = stored?.limits ?? {};
  const revision = stored ? revisionOf(stored) : 0;
  return { ...rule, ...limits, revision, ...(Object.keys(limits).length > 0 && { limits }) };
}

function ownRule(stored: StoredAuditRule, own: OwnRule): AuditRuleState {
  return { slug: stored._id, ...own, builtIn: false, revision: revisionOf(stored) };
}

function noRule(slug: string): MillraceError {
  return new MillraceError(
    'not_found',
    `There is no audit rule "${slug.slice(0, 70)}". GET /api/audit-rules lists them.`,
  );
}
