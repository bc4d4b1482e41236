import {
  compileCondition,
  compilePath,
  compileSchema,
  fieldList,
  MillraceError,
  type CompiledMapping,
  type CursorWindow,
  type ErrorCode,
  type JsonSchema,
  type Page,
  type PushRow,
  type Row,
  type TemplateRenderer,
} from '@millrace/sdk';
import type { Condition } from '@millrace/sdk';
import type { RowPlace } from '../../known-rows/known-row.schema.ts';
import { cursorValue, timeOf, type CursorValue } from './cursor.ts';
import { mapAll } from './map-all.ts';
import { compileOutput, ofObject } from './object-mapping.ts';
import type { Output } from './outputs.ts';
import { deletedKey, rowKeyOf } from './row-key.ts';
import { addCursor, latestTime, type SeenCursors } from './seen-cursors.ts';
import { toldTime } from './told-time.ts';
import { storableCopy, unstorable } from './unstorable.ts';
import { windowTest } from './window.ts';

/** A row that was refused, on its way to the rejects. */
export interface RefusedRow {
  raw: unknown;
  /** `raw` is no row, or not all that there was: it cannot be mapped again. */
  isCut?: true;
  /** Its place in the page. */
  index: number;
  position?: string;
  /** Names the row, where that can be told. */
  key?: string;
  /** ISO time of the change, where the source tells it. */
  at?: string;
  /** Where the source told it, if not here. */
  place?: RowPlace;
  code: ErrorCode;
  message: string;
}

/** A row that passed: its place in the page, and what goes to each output; null: it says nothing for that one. */
export interface MappedRow {
  index: number;
  rows: (PushRow | null)[];
}

export interface MappedPage {
  /** Rows of the page, refused ones included. */
  read: number;
  mapped: MappedRow[];
  refused: RefusedRow[];
  filtered: number;
  /** Indexes of rows that a later row of the page, with the same key, replaces. */
  superseded: number;
  cursors: SeenCursors;
}

interface Candidate {
  index: number;
  record: Row;
  position?: string;
  key: string;
  at: string;
  undated: boolean;
}

export interface RowMapperOptions {
  key: string[];
  cursor?: string;
  schema?: JsonSchema;
  filter?: Condition;
  /** Rows whose cursor lies outside are left out. */
  window?: CursorWindow;
  outputs: Output[];
  /** What the rows are to do at the destination. */
  op: PushRow['op'];
  /** Rows with a key that comes again in the page are left out (not for append-only objects). */
  dropRepeats: boolean;
  /** ISO time of rows that tell none. */
  until: string;
  render?: TemplateRenderer;
}

/** Compiles once a run what happens to each row between source and destination: validate, filter, name, map. */
export class RowMapper {
  private readonly keyOf: (row: Row) => string | undefined;
  private readonly cursorOf?: (row: Row) => unknown;
  private readonly faultsOf?: (row: unknown) => { path: string; message: string }[];
  private readonly isInWindow?: (cursor: CursorValue | undefined) => boolean;
  private readonly mappings: CompiledMapping[];
  private readonly latest = latestTime();
  /** Whether the sync's filter lets a row through. */
  readonly passes: (row: Row) => boolean;

  constructor(private readonly options: RowMapperOptions) {
    this.keyOf = rowKeyOf(options.key);
    if (options.cursor) this.cursorOf = compilePath(options.cursor);
    if (options.window) this.isInWindow = windowTest(options.window);
    if (options.schema) this.faultsOf = compileSchema(options.schema);
    this.passes = options.filter ? compileCondition(options.filter) : () => true;
    this.mappings = options.outputs.map((output) => compileOutput(output, { render: options.render }));
  }

  /** `seq` is the place of the page's first row within the run. */
  async map(page: Page, seq: number): Promise<MappedPage> {
    const { records, times, deletes = [], rejects = [] } = page;
    const result: MappedPage = {
      read: records.length + deletes.length + rejects.length,
      mapped: [],
      refused: [],
      filtered: 0,
      superseded: 0,
      cursors: {},
    };
    rejects.forEach((reject, i) => {
      const index = records.length + deletes.length + i;
      result.refused.push({ ...reject, raw: keptOf(reject.raw), isCut: true, index });
    });

    const candidates = this.candidates(page, result);
    const kept = this.options.dropRepeats ? latestByKey(candidates) : candidates;
    result.superseded = candidates.length - kept.length;
    const columns = await this.columns(kept);
    kept.forEach((candidate, i) => this.put(result, candidate, columns, i, seq));
    deletes.forEach((key, i) => {
      const index = records.length + i;
      const record = this.keyRecord(key);
      const row: PushRow = {
        op: 'delete',
        record,
        key: deletedKey(key),
        at: times?.deletes?.[i] ?? this.options.until,
        undated: times?.deletes?.[i] === undefined,
        seq: seq + index,
      };
      result.mapped.push({ index, rows: this.mappings.map(() => row) });
    });
    return result;
  }

  /** The rows that pass, with their names; the others are noted in `result`. */
  private candidates({ records, positions, times }: Page, result: MappedPage): Candidate[] {
    const candidates: Candidate[] = [];
    records.forEach((record, index) => {
      const strange = unstorable(record);
      if (strange) {
        const position = positions?.[index];
        result.refused.push({
          ...{ index, raw: storableCopy(record), isCut: true, position, key: this.keyOfStrange(record) },
          ...strange,
        });
        return;
      }
      const cursor = this.cursorOf && cursorValue(this.cursorOf(record));
      if (this.isInWindow && !this.isInWindow(cursor)) {
        result.filtered++;
        return;
      }
      const changed = timeOf(cursor);
      if (cursor !== undefined) addCursor(result.cursors, cursor, changed, this.latest);
      const key = this.keyOf(record);
      const position = positions?.[index];
      const time = changed ?? times?.records[index];
      const fault = this.faultOf(record) ?? this.faultOfKey(key);
      if (fault !== undefined || key === undefined) {
        const message = fault ?? `The key (${this.options.key.join(', ')}) is empty.`;
        result.refused.push({ index, raw: record, position, key, at: time, code: 'invalid_row', message });
      } else if (!this.passes(record)) {
        result.filtered++;
      } else {
        candidates.push({ index, record, position, key, at: time ?? this.options.until, undated: time === undefined });
      }
    });
    return candidates;
  }

  /** The key, as far as it can be made of what cannot be stored. */
  private keyOfStrange(record: Row): string | undefined {
    const { key } = this.options;
    return key.length === 0 ? undefined : this.keyOf(storableCopy(record) as Row);
  }

  /** What of the row is not as the schema has it. */
  private faultOf(record: Row): string | undefined {
    const faults = this.faultsOf?.(record);
    if (!faults || faults.length === 0) return undefined;
    return faults.map(({ path, message }) => `${path || 'the row'} ${message}`).join('; ');
  }

  /** MongoDB keeps `�` for half a character: several keys would be one, and none found again. */
  private faultOfKey(key: string | undefined): string | undefined {
    if (key === undefined || key.isWellFormed()) return undefined;
    return `The key (${this.options.key.join(', ')}) has half a character in it.`;
  }

  /** What each output's mapping makes of the rows. */
  private columns(kept: readonly Candidate[]): Promise<(Row | MillraceError)[][]> {
    const records = kept.map(({ record }) => record);
    return Promise.all(this.mappings.map((mapping) => mapAll(mapping, records)));
  }

  private put(
    { mapped, refused }: MappedPage,
    { index, record, position, key, at, undated }: Candidate,
    columns: readonly (Row | MillraceError)[][],
    i: number,
    seq: number,
  ): void {
    const { op } = this.options;
    const rows: (PushRow | null)[] = columns.map(() => null);
    let saysNothing = true;
    for (let output = 0; output < columns.length; output++) {
      const made = columns[output]?.[i] as Row | MillraceError;
      if (made instanceof MillraceError) {
        const { code, message } = this.toldOf(output, made);
        refused.push({ index, raw: record, position, key, at: toldTime({ at, undated }), code, message });
        return;
      }
      if (saysAnything(made)) saysNothing = false;
      rows[output] = { op, record: made, key, at, undated, seq: seq + index };
    }
    // A row that says nothing at all goes everywhere, so that the destination tells what is missing.
    if (!saysNothing && rows.length > 1)
      for (const [output, row] of rows.entries()) if (row && !saysAnything(row.record)) rows[output] = null;
    mapped.push({ index, rows });
  }

  /** Of several objects it says which one it is about. */
  private toldOf(output: number, error: MillraceError): MillraceError {
    const { outputs } = this.options;
    const object = outputs.length > 1 ? outputs[output]?.object : undefined;
    return object === undefined ? error : ofObject(object, error);
  }

  private keyRecord(key: (string | number)[]): Row {
    return Object.fromEntries(fieldList(this.options.key).map((field, i) => [field, key[i]]));
  }
}

/** What is kept of something that a connector could not read: it may be anything. */
function keptOf(raw: unknown): unknown {
  return unstorable({ raw }) ? storableCopy(raw) : raw;
}

/** Whether a mapping found anything in a row: one kind of rows among several is told by what it has. */
function saysAnything(mapped: Row): boolean {
  for (const name in mapped) if (Object.hasOwn(mapped, name)) return true;
  return false;
}

function latestByKey<T extends { key: string; at: string }>(rows: T[]): T[] {
  const latest = new Map<string, T>();
  for (const row of rows) {
    const known = latest.get(row.key);
    if (!known || row.at >= known.at) latest.set(row.key, row);
  }
  return latest.size === rows.length ? rows : rows.filter((row) => latest.get(row.key) === row);
}
