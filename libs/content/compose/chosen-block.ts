import { compileCondition, describeCondition, type Row } from '@millrace/sdk';
import type { BlockVersion } from '../blocks/index.ts';
import type { TemplateContext } from './context.ts';

/** A reusable block of a mail, and what of it this person sees. */
export interface ChosenBlock {
  slug: string;
  name: string;
  /** The variant; null for the default, and for a block without variants. */
  variant: string | null;
  /** The condition that chose the variant, in words: `traits.tier is "gold"`. */
  because: string | null;
}

/** Tells what of each block a person sees. */
export type ChooseVariants = (context: TemplateContext) => ChosenBlock[];

/**
 * Compiled for one moment, from which `{ ago }` counts. Of the variants whose condition holds the one with the greatest priority
 * shows; of equal ones the first.
 */
export function variantChooser(blocks: readonly BlockVersion[], clock: Date): ChooseVariants {
  const choices = blocks.map(({ slug, name, variants }) => {
    const ordered = [...variants].sort((a, b) => b.priority - a.priority);
    const tests = ordered.map((variant) => ({
      variant: variant.name,
      because: describeCondition(variant.when),
      holds: compileCondition(variant.when, { now: clock }),
    }));
    return { slug, name, tests };
  });
  return (context) => {
    const row = conditionRow(context);
    return choices.map(({ slug, name, tests }) => {
      const { variant = null, because = null } = tests.find(({ holds }) => holds(row)) ?? {};
      return { slug, name, variant, because };
    });
  };
}

/** What the conditions of variants are about. */
function conditionRow({ profile, orders, lastOrder, events, consents }: TemplateContext): Row {
  const { traits = {} } = profile as { traits?: Row };
  return { traits, profile, orders, lastOrder, events, consents };
}

/** By block, for the sandbox. */
export function chosenVariants(chosen: readonly ChosenBlock[]): Record<string, string> {
  return Object.fromEntries(chosen.flatMap(({ slug, variant }) => (variant === null ? [] : [[slug, variant]])));
}
