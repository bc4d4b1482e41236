import type { Source } from '../measures/index.ts';
import type { Derived } from '../store/index.ts';

/** Milliseconds that a write may take: after that somebody whom it concerns is measured, whatever became of the writer. */
export const slowestWrite = 60_000;
/** Milliseconds by which the clocks of two processes may differ. */
const clockSkew = 60_000;

/** Shared: hundreds of thousands of newcomers come here. */
const none: ReadonlySet<string> = new Set();
const noneMerged: readonly Derived[] = [];
const nothingBrought: readonly Source[] = [];

/** What a write does to somebody besides traits. */
export interface WriteEffects {
  /** Those who became one with this profile: their orders and events count here now. */
  merged?: readonly Derived[];
  /** Consents of other identities count now. */
  identitiesChanged: boolean;
  /** Of what rows about the person are written next, such as the order that told of them. */
  brings?: readonly Source[];
}

/** What a write cannot decide, since it goes by figures that nobody has measured yet: membership stays as it is until then. */
export interface Undecided {
  isAbout(audience: { slug: string; sources: readonly Source[] }): boolean;
  /** Audiences that the person is in until then. */
  former: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  measuredBy: number;
  /** The person is to be measured then, whatever audiences there are. */
  dueAt?: Date;
}

interface Circumstances {
  before?: Derived;
  now: Date;
  /** What anything is measured of. */
  measured: ReadonlySet<Source>;
  /** Audiences that are being brought to those who were there before. */
  building: ReadonlySet<string>;
}

/** Undefined: all that the person's figures are of is known. */
export function undecidedAfter(
  { merged = noneMerged, identitiesChanged, brings = nothingBrought }: WriteEffects,
  { before, now, measured, building }: Circumstances,
): Undecided | undefined {
  const isAwaited = brings.some((source) => measured.has(source));
  const later = now.getTime() + (isAwaited ? slowestWrite : 0); // rows that come next have them measured at once
  // Somebody who is due already, such as after a merge, is not measured by this write.
  const due = before?.dueAt && before.dueAt.getTime() <= now.getTime() + clockSkew ? before.dueAt.getTime() : Infinity;
  const everything = measured.size > 0 && (merged.length > 0 || due < Infinity);
  const anew = identitiesChanged && measured.has('consents');
  const isBuilt = before === undefined || building.size === 0;
  if (!everything && !anew && !isAwaited && isBuilt) return undefined;

  const unmeasured: readonly Source[] = anew ? [...brings, 'consents'] : brings;
  const measuredBy = Math.min(due, later);
  return {
    isAbout: ({ slug, sources }) =>
      sources.length > 0 &&
      (everything || (!isBuilt && building.has(slug)) || sources.some((source) => unmeasured.includes(source))),
    former: before || merged.length > 0 ? new Set([before ?? {}, ...merged].flatMap(({ aud = [] }) => aud)) : none,
    measuredBy,
    ...((everything || anew) && { dueAt: new Date(measuredBy) }),
  };
}
