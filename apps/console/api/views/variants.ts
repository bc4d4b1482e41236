import type { MailPart } from './common.ts';

/**
 * @schema VariantsDto
 * @awaited id state looked limit error grid
 */
export interface Variants {
  id: string;
  state: 'running' | 'done' | 'failed';
  looked: number;
  limit: number;
  error?: { message: string };
  grid: VariantGrid | null;
}

/**
 * @schema VariantGridDto
 * @awaited outcomes never variants distinct
 */
export interface VariantGrid {
  outcomes: Outcome[];
  never: Outcome[];
  variants: Variant[];
  distinct: number;
}

/**
 * @schema OutcomeDto
 * @awaited part line column written what people
 */
export interface Outcome {
  part: MailPart | null;
  line: number | null;
  column: number | null;
  written: string;
  what: string;
  people: number;
}

/**
 * @schema VariantDto
 * @awaited profile person outcomes alike standsFor
 */
export interface Variant {
  profile: string;
  person: string | null;
  outcomes: number[];
  alike: number;
  standsFor: number;
}
