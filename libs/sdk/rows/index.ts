export { boundedRaw } from './bounded-raw.ts';
export { columnNames, type Header } from './column-names.ts';
export { CsvScanner } from './csv-scanner.ts';
export { decodeUtf8 } from './decode-utf8.ts';
export { isAsciiText } from './is-ascii-text.ts';
export { LineScanner } from './line-scanner.ts';
export type { Newline, RawRow, RowFault, RowScanner, ScanStart } from './raw-row.ts';
export { readCsv, readJsonLines, type Csv, type CsvOptions, type TextRows } from './read-text.ts';
export { asRecord, csvRecords, jsonRecords, type ReadRow, type RowProblem, type ToRecord } from './to-record.ts';
