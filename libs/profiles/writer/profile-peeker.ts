import { unchanged, type Outcome } from '@millrace/sdk';
import type { Tombstones } from '#tombstones';
import { foldParts, type Part, type Traits } from '../folding/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { ProfileRules, ProfileSettings } from '../settings/index.ts';
import type { ProfileStore, StoredProfile } from '../store/index.ts';
import { idSequence } from './id-sequence.ts';
import { rejectedWith, type PartResult, type PartRow } from './part-row.ts';
import { planGroup, type Plan } from './plan.ts';
import { refuseErased } from './refuse-erased.ts';
import { refusalError } from './refusal.ts';
import { resolve } from './resolve.ts';
import { settledOutcome } from './settled.ts';
import { takeApart } from './take-apart.ts';

/** What a row would make of a person. */
export interface PeekedPart extends PartResult {
  outcome: Outcome;
  before?: ProfileState;
  after?: ProfileState;
}

/** A person as a dry run shows one. */
export interface ProfileState {
  /** Absent: the person would be new. */
  id?: string;
  identities: IdentityKey[];
  traits: Traits;
  /** Ids of known profiles that become one with this. */
  merges?: string[];
}

/** Plans what the writer would do, row by row, each in view of those before it; writes nothing. */
export class ProfilePeeker {
  private readonly nextId = idSequence('p');
  private owners = new Map<IdentityKey, string>();
  private profiles = new Map<string, StoredProfile>();
  private readonly made = new Set<string>();

  constructor(
    private readonly store: ProfileStore,
    private readonly settings: Pick<ProfileSettings, 'rules'>,
    private readonly tombstones?: Tombstones,
  ) {}

  /** One result a row, in their order. */
  async write(rows: readonly PartRow[]): Promise<PeekedPart[]> {
    const rules = await this.settings.rules();
    const refused = await refuseErased(rows, this.tombstones, rules.identities);
    const { owners, holders } = await resolve(this.store, rows);
    const ids = new Set([...owners.values(), ...[...holders.values()].flat().map(({ _id }) => _id)]);
    this.owners = owners;
    this.profiles = await this.store.byIds([...ids]);
    return rows.map((row, index) => refused[index] ?? this.take(row, rules));
  }

  private take(row: PartRow, rules: ProfileRules): PeekedPart {
    const superseded = this.superseded(row, rules);
    if (superseded) return superseded;
    const ids = this.profilesOf(row.part);
    const plan = planGroup({ rows: [0], profiles: ids }, [row], {
      owners: this.owners,
      profiles: this.profiles,
      now: new Date(),
      nextId: this.nextId,
      rules,
    });
    if (plan === 'people_kept_apart') {
      const people = { owners: this.owners, profiles: this.profiles, holders: this.holdersOf(row.part) };
      const taken = takeApart(row, people, rules.identities);
      if (taken) return this.take(taken, rules);
    }
    const known = this.profiles.get((typeof plan === 'string' ? ids[0] : plan.survivor.id) ?? '');
    const before = known && this.stateOf(known, rules);
    if (typeof plan === 'string')
      return { outcome: rejectedWith(refusalError(plan)), before, after: before, profile: known?._id };
    const after = plan.writes ? this.stateOf(plan.after, rules, plan) : before;
    if (plan.writes) this.apply(plan);
    const [outcome = unchanged()] = plan.outcomes;
    return { outcome, profile: plan.survivor.id, ...(before && { before }), ...(after && { after }) };
  }

  private superseded(row: PartRow, rules: ProfileRules): PeekedPart | undefined {
    const [id, another] = this.holdersOf(row.part);
    const holder = this.profiles.get(id ?? '');
    if (!holder || another !== undefined) return undefined;
    const outcome = settledOutcome(row, holder);
    if (outcome?.status !== 'superseded') return undefined;
    const state = this.stateOf(holder, rules);
    return { outcome, profile: id, ...(state && { before: state, after: state }) };
  }

  private profilesOf(part: Part): string[] {
    const owned = part.i.flatMap((id) => this.owners.get(id) ?? []);
    return [...new Set([...owned, ...this.holdersOf(part)])];
  }

  private holdersOf({ k }: Part): string[] {
    const holding = [...this.profiles.values()].filter(({ parts }) => parts.some((part) => part.k === k));
    return holding.map(({ _id }) => _id);
  }

  private apply({ survivor, absorbed, after, releases }: Plan): void {
    if (!survivor.before) this.made.add(survivor.id);
    for (const id of releases) this.owners.delete(id);
    for (const id of after.ids) this.owners.set(id, survivor.id);
    for (const { id } of absorbed) this.profiles.delete(id);
    this.profiles.set(survivor.id, after);
  }

  /** Undefined: nothing of the person is left. */
  private stateOf(
    { _id, parts, ids }: StoredProfile,
    { priorityOf }: ProfileRules,
    plan?: Plan,
  ): ProfileState | undefined {
    if (ids.length === 0) return undefined;
    const isNew = this.made.has(_id) || (plan !== undefined && !plan.survivor.before);
    const merges = plan?.absorbed.flatMap(({ id, before }) => (before && !this.made.has(id) ? [id] : [])) ?? [];
    return {
      ...(!isNew && { id: _id }),
      identities: ids,
      traits: foldParts(parts, priorityOf).traits,
      ...(merges.length > 0 && { merges }),
    };
  }
}
