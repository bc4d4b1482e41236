import type { ApiProblem } from '../api/index.ts';
import type { Fault, Place } from './faults.ts';
import type { OutputDraft } from './sync-draft.ts';

const places: Readonly<Partial<Record<string, Place>>> = {
  invalid_schedule: 'schedule',
  invalid_condition: 'filter',
  invalid_mapping: 'mapping',
  stream_not_found: 'stream',
  object_not_found: 'object',
};

/** By the API's names. */
const placesOfFields: Readonly<Partial<Record<string, Place>>> = {
  name: 'name',
  'from.connection': 'source',
  'from.stream': 'stream',
  'from.key': 'key',
  'from.cursor': 'cursor',
  'to.connection': 'destination',
  'to.object': 'object',
  mode: 'mode',
  read: 'read',
  schedule: 'schedule',
  labels: 'labels',
  delivery: 'delivery',
  drift: 'drift',
  filter: 'filter',
  consumers: 'consumers',
};

/** Where the API's refusal is told. */
export function faultsOf({ code, message, details }: ApiProblem, outputs: readonly OutputDraft[]): Fault[] {
  const { object, target, rule, column, faults } = (details ?? {}) as Details;
  if (code === 'invalid_mapping' && target !== undefined) {
    const of = object === undefined ? outputs : outputs.filter((output) => output.object === object);
    const rows = rowsOf(of, target, rule);
    if (rows.length > 0) return rows.map((row) => ({ place: 'mapping', row, message: withoutPlace(message, column) }));
  }
  if (faults && faults.length > 0)
    return faults.map(({ path, message: text }) => {
      const place = placesOfFields[path];
      return place ? { place, message: `${capital(text)}.` } : { message: `${path}: ${text}` };
    });
  return [{ place: places[code], message }];
}

interface Details {
  /** Whose mapping it is. */
  object?: string;
  target?: string;
  rule?: string;
  column?: number;
  faults?: { path: string; message: string }[];
}

/** The rows that it is about: of those with its target the ones with its rule. `lines[*].price` is of a rule for `lines`. */
function rowsOf(outputs: readonly OutputDraft[], target: string, rule: string | undefined) {
  const all = outputs.flatMap(({ object, rows }) => rows.map((row) => ({ object, ...row })));
  const about = all.filter((row) => row.target.trim() === target || target.startsWith(`${row.target.trim()}[*].`));
  const exact = about.filter(
    (row) => rule !== undefined && (row.rule === rule || row.rule.includes(JSON.stringify(rule))),
  );
  return exact.length > 0 ? exact : about;
}

/** The row shows its target and its rule already. */
function withoutPlace(message: string, column: number | undefined): string {
  const begin = message.indexOf(`column ${column}: `);
  return begin === -1 ? message : capital(message.slice(begin));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
