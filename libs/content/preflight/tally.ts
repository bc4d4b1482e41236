import { gmailLimit, type CountedMail } from '../compose/index.ts';
import type { JudgedCounts } from '../preflight-limits/index.ts';
import { addSize, noSizes, type Sizes } from './sizes.ts';

/** What was counted so far. Its size depends on the template, never on how many people there are. */
export interface Tally {
  people: number;
  composed: number;
  /** By code. */
  errors: Record<string, number>;
  /** Mails with a blank, and with a fallback. */
  blanks: number;
  fallbacks: number;
  /** By `<part> <line>:<column> <what>` in the prepared template: branches, missing tokens, fallbacks. */
  outcomes: Record<string, number>;
  /** By block and variant. */
  variants: Record<string, Record<string, number>>;
  /** By code. */
  warnings: Record<string, number>;
  /** By reason. */
  notSent: Record<string, number>;
  /** People with a mail that would be sent. */
  sendable: number;
  sizes: Sizes;
}

export function emptyTally(): Tally {
  return {
    people: 0,
    composed: 0,
    errors: {},
    blanks: 0,
    fallbacks: 0,
    outcomes: {},
    variants: {},
    warnings: {},
    notSent: {},
    sendable: 0,
    sizes: noSizes(),
  };
}

/** One person's mail, as far as it is counted. */
export interface CountedPerson {
  mail: CountedMail;
  /** Why it would not be sent; absent: it would. */
  notSent?: string;
}

/** What of a list of outcomes is the same for everybody who has it. */
export interface OutcomeSummary {
  blanks: number;
  fallbacks: number;
}

const summaries = new WeakMap<readonly string[], OutcomeSummary>();

/** Lists are shared by people of a batch: each is looked through once. */
export function summaryOf(outcomes: readonly string[]): OutcomeSummary {
  const known = summaries.get(outcomes);
  if (known) return known;
  const count = (what: string): number => outcomes.filter((outcome) => outcome.endsWith(what)).length;
  const summary = { blanks: count(' missing'), fallbacks: count(' fallback') };
  summaries.set(outcomes, summary);
  return summary;
}

/** Adds a batch; in whatever order batches come, the sum is the same. */
export function addPeople(tally: Tally, people: readonly CountedPerson[]): void {
  const groups = new Map<readonly string[], number>();
  for (const { mail, notSent } of people) {
    tally.people += 1;
    if (notSent !== undefined) count(tally.notSent, notSent);
    if (mail.error) {
      count(tally.errors, mail.error.code);
      continue;
    }
    tally.composed += 1;
    if (notSent === undefined) tally.sendable += 1;
    const { blanks, fallbacks } = summaryOf(mail.outcomes);
    if (blanks > 0) tally.blanks += 1;
    if (fallbacks > 0) tally.fallbacks += 1;
    groups.set(mail.outcomes, (groups.get(mail.outcomes) ?? 0) + 1);
    for (const sign of mail.signs) count(tally.warnings, sign);
    for (const [block, variant] of Object.entries(mail.variants)) count((tally.variants[block] ??= {}), variant);
    if (mail.bytes !== undefined) addSize(tally.sizes, mail.bytes, gmailLimit);
  }
  for (const [outcomes, number] of groups) for (const outcome of outcomes) count(tally.outcomes, outcome, number);
}

export function judgedCounts({ people, composed, blanks, fallbacks, sendable, sizes }: Tally): JudgedCounts {
  const { measured, oversize } = sizes;
  return { people, composed, errors: people - composed, blanks, fallbacks, measured, oversize, sendable };
}

function count(counts: Record<string, number>, key: string, by = 1): void {
  counts[key] = (counts[key] ?? 0) + by;
}
