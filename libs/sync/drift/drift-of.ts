import type { FieldDrift } from './field-drift.ts';
import type { KnownField } from './field.schema.ts';

/** What a run found, told from the fields that it changed. A field of which only null was known says nothing new by its first values. */
export function driftOf(changed: readonly KnownField[], readBy: (field: string) => string[]): FieldDrift[] {
  return changed.flatMap(({ path, types, before, example }): FieldDrift[] => {
    if (before !== null && (before.length === 0 || before.length === types.length)) return [];
    return [
      {
        field: path,
        change: before === null ? 'new' : 'type',
        types: [...types].sort(),
        ...(before && { before: [...before].sort() }),
        ...(example && { example }),
        ...named(readBy(path)),
      },
    ];
  });
}

/** Those that no row of a full read had; fields within one that is gone are gone with it. */
export function goneOf(missed: readonly KnownField[], readBy: (field: string) => string[]): FieldDrift[] {
  return missed.map(({ path, types }) => ({
    field: path,
    change: 'gone',
    types: [],
    before: [...types].sort(),
    ...named(readBy(path)),
  }));
}

function named(readers: string[]): Pick<FieldDrift, 'readBy'> {
  return readers.length > 0 ? { readBy: readers } : {};
}
