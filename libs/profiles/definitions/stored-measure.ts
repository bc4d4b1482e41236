import type { Condition } from '@millrace/sdk';
import type { Measure } from '../measures/index.ts';
import type { StoredComputedTrait } from './computed-trait.schema.ts';

type StoredMeasure = Pick<StoredComputedTrait, 'from' | 'calculate' | 'field' | 'where' | 'within'>;

export function measureOf({ from, calculate, field, where, within }: StoredMeasure): Measure {
  return {
    from,
    calculate,
    ...(field !== undefined && { field }),
    ...(where !== undefined && { where: JSON.parse(where) as Condition }),
    ...(within !== undefined && { within }),
  };
}

export function storedMeasure({ where, ...measure }: Measure): StoredMeasure {
  return { ...measure, ...(where !== undefined && { where: JSON.stringify(where) }) };
}
