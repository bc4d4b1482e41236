import { conditionMark, unmark, type OutputPlace, type TracedCondition, type TracedToken } from '../tokens/index.ts';

export interface Explained<Part extends string> {
  part: Part;
  /** Where it shows in that part of the mail; empty where nobody can tell, as in a plain text that was made from the HTML. */
  places: OutputPlace[];
}

export type ExplainedToken<Part extends string> = TracedToken & Explained<Part>;
export type ExplainedCondition<Part extends string> = TracedCondition & Explained<Part>;

export interface PartTrace {
  marked: string;
  tokens: TracedToken[];
  conditions: TracedCondition[];
}

/**
 * The tokens and conditions of one part, with their places in what the part became.
 * @param final the part as the mail has it
 * @param finish what the rendered part went through to become that; the marked one goes through it as well
 */
export function explainPart<Part extends string>(
  part: Part,
  { marked, tokens, conditions }: PartTrace,
  final: string,
  finish: (rendered: string) => string,
): { tokens: ExplainedToken<Part>[]; conditions: ExplainedCondition<Part>[] } {
  const { text, places } = unmark(finish(marked));
  const known = text === final ? places : new Map<number, OutputPlace[]>();
  const placesOf = (mark: number): OutputPlace[] => known.get(mark) ?? [];
  return {
    tokens: tokens.map((token, index) => explained(token, part, placesOf(index))),
    conditions: conditions.map((condition, index) => explained(condition, part, placesOf(conditionMark(index)))),
  };
}

/** Hundreds of them come fresh from the sandbox: to add fields one by one is far cheaper than copies, or Object.assign. */
function explained<T extends object, Part extends string>(
  traced: T & Partial<Explained<Part>>,
  part: Part,
  places: OutputPlace[],
): T & Explained<Part> {
  traced.part = part;
  traced.places = places;
  return traced as T & Explained<Part>;
}
