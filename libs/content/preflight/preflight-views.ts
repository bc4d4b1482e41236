import { Injectable } from '@nestjs/common';
import type { Sight } from '#profiles';
import { Preparer, type PreparedMail } from '../compose/index.ts';
import { StudyPeople } from '../studies/index.ts';
import { outcomeView, possibleBranches } from '../variants/index.ts';
import type { StoredExample } from './example.schema.ts';
import { describeExceeded } from './describe-exceeded.ts';
import { exceededBy } from './preflight-gate.ts';
import type { ExampleDto, PreflightDto, PreflightSummaryDto, SizesDto, TallyCountDto } from './preflight.dto.ts';
import type { StoredPreflight } from './preflight.schema.ts';
import { noSizes, quantile, type Sizes } from './sizes.ts';
import { emptyTally, judgedCounts, type Tally } from './tally.ts';
import { withholdsDetails } from './withholding.ts';

/** Preflights and their examples as people read them. */
@Injectable()
export class PreflightViews {
  constructor(
    private readonly preparer: Preparer,
    private readonly people: StudyPeople,
  ) {}

  /** @param viewer of whom some things are withheld */
  async of(preflight: StoredPreflight, viewer: Sight): Promise<PreflightDto> {
    if (withholdsDetails(preflight, viewer)) return withoutDetails(preflight);
    const tally = tallyOf(preflight);
    const prepared = await this.preparer.prepare(preflight.mail);
    const outcomes = Object.entries(tally.outcomes).map(([key, people]) => outcomeView(key, people, prepared));
    const isToken = (what: string): boolean => what === 'missing' || what === 'fallback';
    return {
      ...summaryView(preflight),
      withheld: false,
      errors: counted(tally.errors),
      tokens: outcomes.filter(({ what }) => isToken(what)).sort((a, b) => b.people - a.people),
      outcomes: outcomes.filter(({ what }) => !isToken(what)).sort(byPlace),
      never: possibleBranches(prepared)
        .filter((key) => tally.outcomes[key] === undefined)
        .map((key) => outcomeView(key, 0, prepared)),
      blocks: Object.entries(tally.variants).map(([block, variants]) => ({
        block,
        variants: Object.entries(variants).map(([variant, people]) => ({
          variant: variant === '' ? null : variant,
          people,
        })),
      })),
      warnings: counted(tally.warnings),
      notSent: counted(tally.notSent),
      sizes: sizesView(tally.sizes),
    };
  }

  /** @param preflight that they are of */
  async examples({ mail }: StoredPreflight, examples: readonly StoredExample[]): Promise<ExampleDto[]> {
    const prepared = await this.preparer.prepare(mail);
    const names = await this.people.names(examples.map(({ profile }) => profile));
    return examples.map((example, index) => exampleView(example, names[index] ?? null, prepared));
  }
}

/** Without what it takes the template to tell. */
export function summaryView(preflight: StoredPreflight): PreflightSummaryDto {
  const { _id: id, state, template, name, version, revision, audience, looked, total, limits, error } = preflight;
  const { measured: _, errors, ...counts } = judgedCounts(tallyOf(preflight));
  const exceeded = exceededBy(preflight, limits).map((one) => ({ ...one, message: describeExceeded(one) }));
  return {
    ...{ id, state, template, name, version, revision, audience },
    asOf: preflight.asOf.toISOString(),
    createdAt: preflight.createdAt.toISOString(),
    endedAt: preflight.endedAt?.toISOString() ?? null,
    ...(error && { error }),
    progress: { looked, total, share: shareOf(preflight), secondsLeft: secondsLeft(preflight) },
    counts: { ...counts, withoutMail: errors, notSent: sumOf(tallyOf(preflight).notSent) },
    masked: preflight.sight === 'masked',
    gate: { state: state !== 'done' ? 'pending' : exceeded.length > 0 ? 'exceeded' : 'passed', exceeded, limits },
  };
}

function withoutDetails(preflight: StoredPreflight): PreflightDto {
  const none = { errors: [], tokens: [], outcomes: [], never: [], blocks: [], warnings: [], notSent: [] };
  return { ...summaryView(preflight), withheld: true, ...none, sizes: sizesView(noSizes()) };
}

function tallyOf({ tally }: StoredPreflight): Tally {
  return tally === undefined ? emptyTally() : (JSON.parse(tally) as Tally);
}

function shareOf({ state, looked, total }: StoredPreflight): number {
  if (state === 'done') return 1;
  return total === 0 ? 0 : Math.min(0.999, Number((looked / total).toFixed(3)));
}

/** By the pace so far. */
function secondsLeft({ state, looked, total, workedMs }: StoredPreflight): number | null {
  if (state !== 'running' || looked === 0) return null;
  return Math.ceil(((total - looked) * workedMs) / looked / 1000);
}

function exampleView(example: StoredExample, person: string | null, prepared: PreparedMail): ExampleDto {
  const { kind, profile, outcomes, codes, message, bytes } = example;
  return {
    ...{ kind, profile, person, codes: codes ?? [] },
    tokens: outcomes?.map((key) => outcomeView(key, 1, prepared)) ?? [],
    ...(message !== undefined && { message }),
    ...(bytes !== undefined && { bytes }),
  };
}

function sizesView(sizes: Sizes): SizesDto {
  const { measured, min, max, oversize } = sizes;
  const isKnown = measured > 0;
  return {
    ...{ measured, min: isKnown ? min : null, max: isKnown ? max : null, oversize },
    ...{ median: quantile(sizes, 0.5), p95: quantile(sizes, 0.95) },
  };
}

/** The most frequent first. */
function counted(counts: Record<string, number>): TallyCountDto[] {
  return Object.entries(counts)
    .map(([code, people]) => ({ code, people }))
    .sort((a, b) => b.people - a.people);
}

function sumOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function byPlace(a: PlaceOf, b: PlaceOf): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

type PlaceOf = Pick<ReturnType<typeof outcomeView>, 'line' | 'column'>;
