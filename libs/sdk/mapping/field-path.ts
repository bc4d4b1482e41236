import { pathSteps } from './compile-path.ts';
import type { PathStep } from './parse-path.ts';

/** A step into a record: the name of a field, or `null` for each element of a list. */
export type FieldStep = string | null;

/** The path of a field as mappings write it: `name.first`, `lines[*].price`, `["odd name"]`; no steps: `$`, the whole record. */
export function fieldPath(steps: readonly FieldStep[]): string {
  const path = steps.map((step) => (step === null ? '[*]' : isPlain(step) ? `.${step}` : `[${JSON.stringify(step)}]`));
  const text = path.join('');
  return text === '' ? '$' : text.startsWith('.') ? text.slice(1) : text;
}

/** The steps of such a path; a position in a list counts as each element. Throws `invalid_mapping`. */
export function fieldSteps(path: string): FieldStep[] {
  return pathSteps(path).map(stepOf);
}

export function stepOf(step: PathStep): FieldStep {
  return step.kind === 'name' ? step.name : null;
}

function isPlain(name: string): boolean {
  return /^[^\s.[\]|()"',{}]+$/.test(name) && name !== '$';
}
