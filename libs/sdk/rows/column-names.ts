import { MillraceError } from '../errors/index.ts';

export interface Header {
  /** For errors: `customers.csv:1`. */
  place: string;
  /** What else can be done about a header that is none, after "Name it". */
  advice?: string;
}

/** The names that a header gives the columns, without spaces around them. Throws `malformed_row` where it names one not, or twice. */
export function columnNames(fields: readonly string[], { place, advice = '' }: Header): string[] {
  const names = fields.map((field) => field.trim());
  const fault = faultOf(names);
  if (fault !== undefined) throw new MillraceError('malformed_row', `${place}: ${fault}${advice}.`);
  return names;
}

function faultOf(names: string[]): string | undefined {
  const empty = names.indexOf('');
  if (empty !== -1) return `column ${empty + 1} of ${names.length} has no name. Name it`;
  if (names.some((name) => name.includes('\0')))
    return 'the header has zero bytes in it, as in text of another encoding. Declare its encoding';
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `two columns are named "${twice}". Rename one`;
  return names.includes('__proto__') ? 'a column is named __proto__. Rename it' : undefined;
}
