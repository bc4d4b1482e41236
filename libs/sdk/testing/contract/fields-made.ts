import { targetNames, type Mapping } from '../../index.ts';

/** The fields of a record that a mapping writes to, or into. */
export function fieldsMade(mapping: Mapping): Set<string | undefined> {
  return new Set(Object.keys(mapping).map((target) => targetNames(target)[0]));
}
