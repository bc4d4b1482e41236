import type { Fault } from './faults.ts';
import { isBlank, rowFault } from './rule-rows.ts';
import { scheduleFault } from './schedule-draft.ts';
import type { Settled } from './settle.ts';

/** What stands in the way of asking the API. */
export function lacksOf(settled: Settled): Fault[] {
  const { draft, name, from, object, read } = settled;
  const faults: Fault[] = [];
  if (name.trim() === '') faults.push({ place: 'name', message: 'Give it a name.' });
  if (draft.from.connection === '') faults.push({ place: 'source', message: 'Choose where it reads from.' });
  else if (from === '') faults.push({ place: 'stream', message: 'Choose what is read.' });
  if (draft.to.connection === '') faults.push({ place: 'destination', message: 'Choose where it writes to.' });
  else if (object === undefined) faults.push({ place: 'object', message: 'Choose what is written.' });
  faults.push(...lacksOfMappings(settled));
  const when = read === 'stream' ? undefined : scheduleFault(draft.schedule);
  if (when !== undefined) faults.push({ place: 'schedule', message: when });
  if (!isObjectText(draft.filter)) faults.push({ place: 'filter', message: 'This is no JSON object.' });
  const consumers = draft.consumers.trim();
  if (read === 'stream' && consumers !== '' && !/^\d{1,2}$/.test(consumers))
    faults.push({ place: 'consumers', message: 'Write a whole number from 1 to 64.' });
  return faults;
}

function lacksOfMappings({ outputs, isUsual, object }: Settled): Fault[] {
  if (isUsual || object === undefined) return [];
  const faults = outputs.flatMap(({ object, rows }) =>
    rows.flatMap((row): Fault[] => {
      const message = rowFault(row, rows);
      return message === undefined ? [] : [{ place: 'mapping', row: { object, ...row }, message }];
    }),
  );
  const empty = outputs.filter(({ rows }) => rows.every(isBlank)).map((output) => output.object);
  if (outputs.length === 0) faults.push({ place: 'mapping', message: 'Say what is written: add an object.' });
  if (empty.length > 0)
    faults.push({ place: 'mapping', message: `Say what is written to ${empty.join(' and ')}: add a target.` });
  return faults;
}

function isObjectText(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
