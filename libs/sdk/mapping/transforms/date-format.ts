import { RuleFault } from '../faults.ts';
import { offsetMinutes, type TimeFields } from './date-fields.ts';

type Setter = (fields: TimeFields, text: string) => void;

const tokens = new Map<string, { pattern: string; set: Setter }>([
  ['YYYY', { pattern: '(\\d{4})', set: (fields, text) => (fields.year = Number(text)) }],
  [
    'YY',
    { pattern: '(\\d{2})', set: (fields, text) => (fields.year = Number(text) + (Number(text) < 70 ? 2000 : 1900)) },
  ],
  ['MM', { pattern: '(\\d{2})', set: (fields, text) => (fields.month = Number(text)) }],
  ['M', { pattern: '(\\d{1,2})', set: (fields, text) => (fields.month = Number(text)) }],
  ['DD', { pattern: '(\\d{2})', set: (fields, text) => (fields.day = Number(text)) }],
  ['D', { pattern: '(\\d{1,2})', set: (fields, text) => (fields.day = Number(text)) }],
  ['HH', { pattern: '(\\d{2})', set: (fields, text) => (fields.hour = Number(text)) }],
  ['H', { pattern: '(\\d{1,2})', set: (fields, text) => (fields.hour = Number(text)) }],
  ['hh', { pattern: '(\\d{2})', set: (fields, text) => (fields.hour = Number(text)) }],
  ['h', { pattern: '(\\d{1,2})', set: (fields, text) => (fields.hour = Number(text)) }],
  ['mm', { pattern: '(\\d{2})', set: (fields, text) => (fields.minute = Number(text)) }],
  ['m', { pattern: '(\\d{1,2})', set: (fields, text) => (fields.minute = Number(text)) }],
  ['ss', { pattern: '(\\d{2})', set: (fields, text) => (fields.second = Number(text)) }],
  ['s', { pattern: '(\\d{1,2})', set: (fields, text) => (fields.second = Number(text)) }],
  ['SSS', { pattern: '(\\d{3})', set: (fields, text) => (fields.millisecond = Number(text)) }],
  ['A', { pattern: '([AaPp]\\.?[Mm]\\.?)', set: setHalf }],
  ['Z', { pattern: '(Z|[+-]\\d{2}:?\\d{2})', set: (fields, text) => (fields.offset = offsetMinutes(text)) }],
]);

/** Applied after the hour: in a format the half of the day follows it. */
function setHalf(fields: TimeFields, text: string): void {
  if (fields.hour < 1 || fields.hour > 12)
    fields.hour = 99; // 13 PM: no such time
  else fields.hour = (fields.hour % 12) + (/^p/i.test(text) ? 12 : 0);
}

/** Compiles `DD.MM.YYYY HH:mm`; letters other than the tokens stand in brackets: `[T]`. Throws a RuleFault. */
export function compileDateFormat(format: string): (text: string) => TimeFields | undefined {
  const setters: Setter[] = [];
  const used = new Set<string>();
  let pattern = '';
  for (const [part] of format.matchAll(/\[[^\]]*\]|([A-Za-z])\1*|[^A-Za-z]/g)) {
    const token = tokens.get(part);
    if (token) {
      pattern += token.pattern;
      setters.push(token.set);
      used.add(part.slice(0, 1));
    } else if (/^[A-Za-z]/.test(part)) throw unknownToken(part, format);
    else pattern += escapePattern(part.startsWith('[') && part.length > 1 ? part.slice(1, -1) : part);
  }
  checkFields(used, format);
  const expression = new RegExp(`^${pattern}$`);
  return (text) => {
    const match = expression.exec(text);
    if (!match) return undefined;
    const fields: TimeFields = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };
    for (const [index, set] of setters.entries()) set(fields, match[index + 1] ?? '');
    return fields;
  };
}

function checkFields(used: ReadonlySet<string>, format: string): void {
  if (!used.has('Y')) throw new RuleFault(`date(): the format "${format}" has no year (YYYY).`);
  if (used.has('h') !== used.has('A')) {
    throw new RuleFault(`date(): in the format "${format}", hh and A belong together; HH is the hour of 24.`);
  }
}

function unknownToken(part: string, format: string): RuleFault {
  const known = [...tokens.keys()].join(' ');
  return new RuleFault(
    `date(): the format "${format}" has "${part}"; known are ${known}; other letters stand in brackets: [T].`,
  );
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
