import type { PersonSummary } from './people.ts';

/** @schema AudienceView */
export interface Audience {
  slug: string;
  name?: string;
  description?: string;
  condition: Record<string, unknown>;
  /** The condition, to be read. */
  sentence: string;
  /** Members now; only where one audience is asked for. */
  count?: number;
  /** Raised by every change. */
  edition: number;
  state: 'building' | 'ready';
  updatedAt: string;
}

/**
 * Somebody entered an audience, or left it.
 *
 * @schema AudienceChangeView
 */
export interface AudienceChange {
  /** Id. */
  profile: string;
  /** As whom they are known today; not there where nothing is left of them. */
  person?: PersonSummary;
  change: 'entered' | 'left';
  at: string;
}

/**
 * Whom a condition would mean.
 *
 * @schema CountView
 */
export interface ConditionCount {
  count: number;
  /** False: estimated. */
  exact: boolean;
  /** That there are. */
  people: number;
  sentence: string;
  warnings: string[];
}

/** @schema ComputedTraitView */
export interface ComputedTrait {
  trait: string;
}
