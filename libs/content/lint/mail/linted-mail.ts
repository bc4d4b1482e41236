import type { Composed } from '../../compose/index.ts';
import type { PreparedPart } from '../../prepare/index.ts';
import type { UnsupportedFeature } from '../../sandbox/index.ts';
import type { KnownNames } from '../names/index.ts';
import type { LintedPart } from './linted-part.ts';

/** The mail for one person; what a rule sees of the outcome. */
export interface SampleMail {
  /** Whose mail it is, as a sentence goes on: `for a person of whom nothing is known`. */
  whose: string;
  mail: Pick<Composed, 'subject' | 'preheader' | 'html' | 'text' | 'headers'>;
  /** Nothing is known of the person. */
  blank: boolean;
}

/** A source of a block that the template uses; findings in it have no place in the template. */
export interface LintedBlock {
  slug: string;
  part: LintedPart;
}

/** Everything that rules look at. */
export interface LintedMail {
  parts: readonly LintedPart[];
  blocks?: readonly LintedBlock[];
  /** The parts as they are rendered, with their blocks; absent when they cannot be. */
  prepared?: readonly Pick<PreparedPart, 'name' | 'source'>[];
  samples: readonly SampleMail[];
  /** Absent where nobody knows what people have. */
  names?: KnownNames;
  /** `marketing`, or what else people consent to. */
  purpose: string;
  /** What the mail clients that matter lack of the first sample; absent when it was not looked up. */
  unsupported?: readonly UnsupportedFeature[];
}
