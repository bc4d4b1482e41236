import type { Row } from '@millrace/sdk';

export interface CsvTextOptions {
  columns: string[];
  /** Puts `'` before cells that a spreadsheet would take for a formula. */
  guardFormulas: boolean;
}

export function csvHeader({ columns }: CsvTextOptions): string {
  return `${columns.map(quoted).join(',')}\r\n`;
}

/** One line of CSV (RFC 4180). */
export function csvLine(record: Row, { columns, guardFormulas }: CsvTextOptions): string {
  const cells = columns.map((column) => {
    const value = valueAt(record, column);
    const text = textOf(value);
    return quoted(guardFormulas && typeof value !== 'number' && isFormula(text) ? `'${text}` : text);
  });
  return `${cells.join(',')}\r\n`;
}

/** Every field of a record as a column; nested objects give dotted names. */
export function columnsOf(record: Row, prefix = ''): string[] {
  return Object.entries(record).flatMap(([name, value]) =>
    isPlainObject(value) ? columnsOf(value, `${prefix}${name}.`) : [prefix + name],
  );
}

function valueAt(record: Row, column: string): unknown {
  if (Object.hasOwn(record, column)) return record[column];
  let value: unknown = record;
  for (const name of column.split('.'))
    value = isPlainObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

// As OWASP lists them for CSV injection.
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}

function isPlainObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
