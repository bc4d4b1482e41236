import { isObject, recordKindNames, recordKinds } from '@millrace/sdk';
import type { Arrival } from './map-rows.ts';

/** The profile store refuses a record that lacks what every record of its kind has, and one that names nobody. */
export function refusalsOf(object: string): (arrival: Arrival) => Arrival {
  const kind = recordKindNames.find((name) => name === object);
  if (kind === undefined) return (arrival) => arrival;
  const needed = recordKinds[kind].schema.required as string[];
  return (arrival) => {
    if (!('record' in arrival)) return arrival;
    const { record } = arrival;
    const missing = needed.find((field) =>
      field === 'identities' ? isEmpty(record[field]) : !Object.hasOwn(record, field),
    );
    if (missing === 'identities') return { refused: 'identity_missing: it names nobody, all its identities are empty' };
    return missing === undefined ? arrival : { refused: `invalid_row: it has no ${missing}` };
  };
}

function isEmpty(identities: unknown): boolean {
  return !isObject(identities) || Object.values(identities).every((value) => value === null || value === '');
}
