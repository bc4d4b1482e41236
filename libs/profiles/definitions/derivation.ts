import type { Json } from '@millrace/sdk';
import type { Traits } from '../folding/index.ts';
import { identitiesByKind, type IdentityKey } from '../identity/index.ts';
import type { CompiledMeasure, Source } from '../measures/index.ts';
import type { AudienceCondition, AudienceRow, Head } from './audience-condition.ts';
import { departed, derivedOf, withChanges, type Derived, type Unfelt } from '../store/index.ts';
import type { Walk } from './definitions-head.schema.ts';
import { undecidedAfter, type Undecided, type WriteEffects } from './undecided.ts';

/** Shared by all whom nobody asks for it. */
const nothing = Object.freeze({});

export interface CompiledAudience {
  slug: string;
  /** The revision of all definitions that it came with. */
  revision: number;
  condition: AudienceCondition;
}

/** An audience with what its figures are of, be it by way of computed traits. */
interface Audience extends CompiledAudience {
  sources: readonly Source[];
}

export interface CompiledComputedTrait {
  /** As profiles and templates name it. */
  trait: string;
  /** The revision of all definitions that it came with. */
  revision: number;
  measure: CompiledMeasure;
}

/** A definition that is there but cannot be read. The members of such an audience stay as they are. */
export interface Unreadable {
  kind: 'audience' | 'computed trait';
  slug: string;
  reason: string;
}

export interface DerivationParts {
  revision: number;
  computedTraits: CompiledComputedTrait[];
  audiences: CompiledAudience[];
  unreadable: Unreadable[];
  /** Absent: all profiles have been brought up to this revision. */
  building?: Building;
}

/** Definitions that are being brought to everybody. */
export interface Building {
  /** All profiles have been brought up to this revision. */
  built: number;
  /** When the last definition changed: whoever is new since then is as the definitions say. */
  changedAt: Date;
  /** Brings them to everybody, one after the other. */
  walk?: Pick<Walk, 'revision' | 'after' | 'until'>;
}

/** A person as far as anything is derived from it. */
export interface DerivedFrom {
  v: number;
  ids: readonly IdentityKey[];
  traits: Traits;
  createdAt: Date;
  before?: Derived & { _id: string };
  /** Ids of profiles that became one with theirs. */
  absorbed?: readonly string[];
}

/** What was measured of somebody. */
export interface Measured {
  values: Record<string, Json>;
  until?: Date;
}

/** All definitions of one revision, compiled once: what they make of a person. */
export class Derivation {
  readonly revision: number;
  readonly isEmpty: boolean;
  readonly measures: readonly CompiledMeasure[];
  readonly unreadable: readonly Unreadable[];
  readonly #computedTraits: readonly CompiledComputedTrait[];
  readonly #audiences: readonly Audience[];
  readonly #known: ReadonlySet<string>;
  readonly #asks: ReadonlySet<Head>;
  readonly #measured: ReadonlySet<Source>;
  /** Audiences that are being brought to those who were there before. */
  readonly #building: ReadonlySet<string>;
  readonly #builtFor: number;
  /** Absent: none brings just these definitions. */
  readonly #walk?: Building['walk'];
  readonly #parts: DerivationParts;

  constructor(parts: DerivationParts) {
    const { revision, computedTraits, audiences, unreadable, building } = parts;
    this.#parts = parts;
    this.revision = revision;
    this.#computedTraits = computedTraits;
    this.#audiences = audiences
      .map((one) => ({ ...one, sources: sourcesOf(one.condition, computedTraits) }))
      .sort((x, y) => (x.slug < y.slug ? -1 : 1));
    this.#building = building ? this.#definedSince(building.built) : new Set();
    this.#builtFor = building?.changedAt.getTime() ?? -Infinity;
    // Definitions that came between two reads are newer than the walk.
    const isOf = [...computedTraits, ...audiences].every((one) => one.revision <= revision);
    if (isOf && building?.walk?.revision === revision) this.#walk = building.walk;
    this.#known = new Set(audiences.map(({ slug }) => slug));
    this.unreadable = unreadable;
    this.#asks = new Set(audiences.flatMap(({ condition }) => [...condition.asks]));
    const measures = [
      ...computedTraits.map(({ measure }) => measure),
      ...audiences.flatMap(({ condition }) => condition.measures),
    ];
    this.measures = [...new Map(measures.map((measure) => [measure.key, measure])).values()];
    this.#measured = new Set(this.measures.map(({ source }) => source));
    this.isEmpty = computedTraits.length === 0 && audiences.length === 0;
  }

  /** The same, brought to others by now. */
  during(building: Building): Derivation {
    return new Derivation({ ...this.#parts, building });
  }

  measuresOf(source: Source): CompiledMeasure[] {
    return this.measures.filter((measure) => measure.source === source);
  }

  /** Computed traits by name; those without a value are left out. */
  computed(measures: Derived['measures'] = {}): Record<string, Json> {
    const computed: Record<string, Json> = {};
    for (const { trait, measure } of this.#computedTraits) {
      const value = measures[measure.key] ?? measure.empty;
      if (value !== null) computed[trait] = value;
    }
    return computed;
  }

  /**
   * For a writer of traits: measures stay as they are, and are due at once where the write concerns them. An audience whose figures are not known
   * until then keeps or does not get the person, as does one that this process does not know (yet).
   */
  onWrite(person: DerivedFrom, now: Date, effects: WriteEffects): Derived {
    const { before } = person;
    if (this.isEmpty) return before ? derivedOf(before) : {};
    const unknown = before?.aud?.filter((slug) => !this.#known.has(slug)) ?? [];
    const undecided = undecidedAfter(effects, { before, now, measured: this.#measured, building: this.#building });
    const { merged = [] } = effects;
    const brought = this.#broughtTo(person);
    const derived = this.#derive(
      person,
      { values: before?.measures ?? {}, until: before?.measuredUntil },
      unknown,
      now,
      merged.length > 0 ? { ...brought, merged: passedOn(merged, before) } : brought,
      undecided,
    );
    if (person.ids.length === 0 || !undecided?.dueAt) return derived;
    return { ...derived, dueAt: earlier(derived.dueAt, undecided.dueAt) };
  }

  /** With everything measured anew. Members of audiences that were removed leave. */
  onMeasured(person: DerivedFrom, measured: Measured, now: Date): Derived {
    const unreadable = this.unreadable.filter(({ kind }) => kind === 'audience').map(({ slug }) => slug);
    const kept = person.before?.aud?.filter((slug) => unreadable.includes(slug)) ?? [];
    return this.#derive(person, measured, kept, now, this.#broughtTo(person));
  }

  /** Whoever was there before enters and leaves silently what is still to be brought to them: nobody can tell what is their own doing. */
  #broughtTo({ before, createdAt, absorbed = [] }: DerivedFrom): Unfelt | undefined {
    if (!before || this.#building.size === 0 || createdAt.getTime() > this.#builtFor) return undefined;
    const { after = '', until } = this.#walk ?? {};
    const isAhead = (id: string): boolean => id > after && (until === undefined || id <= until);
    return before._id > after || absorbed.some(isAhead) ? { defined: this.#building } : undefined;
  }

  /** Audiences that were defined anew since a revision, by themselves or by a computed trait that they ask for. */
  #definedSince(revision: number): Set<string> {
    const traits = this.#computedTraits.filter((one) => one.revision > revision).map(({ trait }) => trait);
    const isNew = (one: CompiledAudience): boolean =>
      one.revision > revision || traits.some((trait) => one.condition.computed.has(trait));
    return new Set(this.#audiences.filter(isNew).map(({ slug }) => slug));
  }

  /** Whether a condition holds for somebody; the condition is none of the audiences'. */
  holds(condition: AudienceCondition, person: DerivedFrom, measures: Record<string, Json>, now: Date): boolean {
    return condition.holds(this.#rowOf(person, measures, condition.asks), now.getTime());
  }

  #derive(
    person: DerivedFrom,
    { values, until }: Measured,
    kept: string[],
    now: Date,
    unfelt?: Unfelt,
    undecided?: Undecided,
  ): Derived {
    const { before, v } = person;
    if (person.ids.length === 0) return departed(before, v, now);
    const row = this.#rowOf(person, values, this.#asks);
    const time = now.getTime();
    const aud = [...kept];
    let dueAt = until?.getTime() ?? Infinity;
    for (const audience of this.#audiences) {
      const { slug, condition } = audience;
      const holds = condition.holds(row, time);
      const stays = undecided?.isAbout(audience) ? undecided.former.has(slug) : holds;
      if (stays) aud.push(slug);
      dueAt = Math.min(dueAt, stays === holds ? condition.changesAt(row, time) : (undecided?.measuredBy ?? Infinity));
    }
    if (kept.length > 0) aud.sort();
    const derived = withChanges(before, aud, v, now, unfelt);
    if (Object.keys(values).length > 0) derived.measures = values;
    if (until) derived.measuredUntil = until;
    if (dueAt < Infinity) derived.dueAt = new Date(dueAt);
    return derived;
  }

  #rowOf(
    { ids, traits, createdAt }: DerivedFrom,
    measures: Record<string, Json>,
    asks: ReadonlySet<Head>,
  ): AudienceRow {
    return {
      traits,
      computed: asks.has('computed') ? this.computed(measures) : nothing,
      identities: asks.has('identities') ? identitiesByKind(ids) : nothing,
      createdAt: asks.has('createdAt') ? createdAt.toISOString() : '',
      measures,
    };
  }
}

function sourcesOf({ measures, computed }: AudienceCondition, traits: readonly CompiledComputedTrait[]): Source[] {
  const asked = traits.filter(({ trait }) => computed.has(trait)).map(({ measure }) => measure);
  return [...new Set([...measures, ...asked].map(({ source }) => source))];
}

function earlier(one: Date | undefined, other: Date): Date {
  return one && one < other ? one : other;
}

/** Audiences that somebody is in by those who became one with them. */
function passedOn(merged: readonly Derived[], before: Derived | undefined): Set<string> {
  return new Set(merged.flatMap(({ aud = [] }) => aud).filter((slug) => !before?.aud?.includes(slug)));
}
