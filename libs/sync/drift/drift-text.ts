import type { FieldDrift } from './field-drift.ts';
import type { JsonType } from './json-type.ts';

const shown = 5;

/** Sentences that name what changed and what reads it; fields within a new or vanished one are not named again. */
export function describeDrift(drift: readonly FieldDrift[]): string {
  const topmost = drift.filter((entry) => !drift.some((other) => other.change === entry.change && holds(other, entry)));
  const told = topmost.slice(0, shown).map(describe);
  const more = topmost.length - told.length;
  return `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

function describe({ field, change, types, before, example, readBy = [] }: FieldDrift): string {
  const at = example === undefined ? '' : ` (first in ${example})`;
  const readers =
    readBy.length > 0 ? `; ${readBy.slice(0, shown).join(', ')} read${readBy.length > 1 ? '' : 's'} it` : '';
  switch (change) {
    case 'new':
      return `new field ${field}: ${orList(types)}${at}${readers}`;
    case 'type':
      return `${field} was ${orList(before ?? [])} and is now also ${orList(types.filter((type) => !before?.includes(type)))}${at}${readers}`;
    case 'gone':
      return `${field} is in no row any more${readers}`;
  }
}

function holds({ field: outer, change }: FieldDrift, { field }: FieldDrift): boolean {
  return (
    change !== 'type' &&
    field.length > outer.length &&
    field.startsWith(outer) &&
    '.['.includes(field.charAt(outer.length))
  );
}

function orList(types: readonly JsonType[]): string {
  return types.length === 0 ? 'only null so far' : types.join(' or ');
}
