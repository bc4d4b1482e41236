import { Injectable } from '@nestjs/common';
import { compileCondition, compilePath, MillraceError, refuseVainTests } from '@millrace/sdk';
import { Connections } from '#connections';
import { canonicalJson } from '#platform';
import { QualityCollections } from '../../collections.ts';
import type { FaultTest } from '../judging/index.ts';
import type { AuditRule, RuleLimits, StoredAuditRule } from './audit-rule.ts';
import { builtInRules } from './built-in-rules.ts';

const mostOwn = 200;
const tests = ['when', 'format', 'compare', 'stale', 'sameAs', 'varies'] as const;

export type OwnRule = Omit<AuditRule, 'slug' | 'builtIn'>;

/** What the store is looked at for: built-in rules, which can be switched off and limited, and one's own. */
@Injectable()
export class AuditRules {
  constructor(
    private readonly collections: QualityCollections,
    private readonly connections: Connections,
  ) {}

  /** All of them, by slug. */
  async list(): Promise<AuditRule[]> {
    const stored = await this.collections.auditRules.find({}, { limit: mostOwn + builtInRules.length }).toArray();
    const byId = new Map(stored.map((rule) => [rule._id, rule]));
    const own = stored.flatMap((rule) => (rule.own ? [ownRule(rule._id, rule.own)] : []));
    return [...builtInRules.map((rule) => limited(rule, byId.get(rule.slug))), ...own].sort((x, y) =>
      x.slug < y.slug ? -1 : 1,
    );
  }

  /** Throws `not_found`. */
  async get(slug: string): Promise<AuditRule> {
    const found = await this.find(slug);
    if (found) return found;
    throw new MillraceError(
      'not_found',
      `There is no audit rule "${slug.slice(0, 70)}". GET /api/audit-rules lists them.`,
    );
  }

  /** Makes a rule, or makes it what is given; the same again changes nothing. Throws `bad_request`, `not_found`, `conflict`, `invalid_condition`. */
  async put(slug: string, given: OwnRule): Promise<{ rule: AuditRule; created: boolean }> {
    if (builtInOf(slug)) {
      throw new MillraceError(
        'conflict',
        `"${slug}" is a built-in rule: PATCH it to switch it off or to limit it, or give your own rule another slug.`,
      );
    }
    checkTest(given);
    const present = await this.find(slug);
    const rule = await this.withIds(given);
    if (!present && (await this.collections.auditRules.countDocuments({ own: { $exists: true } })) >= mostOwn)
      throw new MillraceError('conflict', `There are ${mostOwn} rules already. Remove one first.`);
    if (!present || canonicalJson(present) !== canonicalJson(ownRule(slug, rule)))
      await this.collections.auditRules.updateOne(
        { _id: slug },
        { $set: { own: rule, updatedAt: new Date() } },
        { upsert: true },
      );
    return { rule: ownRule(slug, rule), created: !present };
  }

  /** Switches a rule off or on, or limits it. Throws `not_found`. */
  async change(slug: string, limits: RuleLimits): Promise<AuditRule> {
    const present = await this.get(slug);
    const wanted = await this.withIds(limits);
    const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    const section = present.builtIn ? 'limits' : 'own';
    const changes = Object.fromEntries(Object.entries(given).map(([name, value]) => [`${section}.${name}`, value]));
    await this.collections.auditRules.updateOne(
      { _id: slug },
      { $set: { ...changes, updatedAt: new Date() } },
      { upsert: present.builtIn },
    );
    return { ...present, ...given };
  }

  /** Removes a rule of one's own, or the limits of a built-in one. Throws `not_found`. */
  async remove(slug: string): Promise<void> {
    await this.get(slug);
    await this.collections.auditRules.deleteOne({ _id: slug });
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

  private async find(slug: string): Promise<AuditRule | undefined> {
    const stored = (await this.collections.auditRules.findOne({ _id: slug })) ?? undefined;
    const builtIn = builtInOf(slug);
    if (builtIn) return limited(builtIn, stored);
    return stored?.own && ownRule(slug, stored.own);
  }
}

function builtInOf(slug: string): AuditRule | undefined {
  return builtInRules.find((rule) => rule.slug === slug);
}

function limited(rule: AuditRule, stored: StoredAuditRule | undefined): AuditRule {
  return { ...rule, ...stored?.limits };
}

function ownRule(slug: string, own: OwnRule): AuditRule {
  return { slug, ...own, builtIn: false };
}

function checkTest(rule: FaultTest & Pick<AuditRule, 'of'>): void {
  const given = tests.filter((name) => rule[name] !== undefined);
  if (given.length !== 1) throw new MillraceError('bad_request', `A rule needs exactly one of ${tests.join(', ')}.`);
  if (rule.stale && rule.of !== 'profile')
    throw new MillraceError('bad_request', '`stale` is for profiles only: they have traits.');
  if (rule.when) {
    compileCondition(rule.when);
    refuseVainTests(rule.when);
  }
  const { format, compare, sameAs, varies } = rule;
  const paths = [
    ...(format?.fields ?? []),
    ...(compare ? [compare.field, compare.other] : []),
    ...(sameAs ?? []),
    ...(varies ? [varies.field, varies.within] : []),
  ];
  for (const path of paths) compilePath(path);
}
