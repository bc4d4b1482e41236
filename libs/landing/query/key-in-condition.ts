import { parseIsoTime, type Condition } from '@millrace/sdk';

/** The one key that rows must have for a condition to hold, where it says `equals` of the key's only field: found without a scan. */
export function keyIn(where: Condition | undefined, keyFields: readonly string[]): string | undefined {
  const [field] = keyFields;
  if (!where || field === undefined || keyFields.length !== 1) return undefined;
  if ('all' in where) {
    for (const part of where.all) {
      const key = keyIn(part, keyFields);
      if (key !== undefined) return key;
    }
    return undefined;
  }
  if (!('field' in where) || where.field !== field || where.is !== 'equals') return undefined;
  const { value } = where;
  if (typeof value === 'number') return String(value);
  // Two texts can be the same time: those are looked for.
  return typeof value === 'string' && value !== '' && parseIsoTime(value) === undefined ? value : undefined;
}
