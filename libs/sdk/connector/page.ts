import type { ErrorCode } from '../errors/index.ts';
import type { Json, Row } from '../json.ts';

/** The values of a record's key fields, in their order. */
export type Key = (string | number)[];

/** What a read yields at a time. Together the pages of a slice hold each of its rows once. */
export interface Page<R extends Row = Row> {
  records: R[];
  /** Where each record stood (`line 17`), for rejects. */
  positions?: string[];
  /** Keys of records that the source reports as deleted: after the page's records, unless `times` say that it was before. */
  deletes?: Key[];
  /** ISO times of change, for a source that knows them although its records may not say them; in the order of `records` and `deletes`. */
  times?: { records: string[]; deletes?: string[] };
  /** Rows that could not be read, with their original. */
  rejects?: PageReject[];
  /**
   * Where the slice, or the lane of an endless stream, goes on after this page. Absent: after a crash the slice starts again. `null`, of an endless
   * stream: the lane has ended (a closed shard) and is forgotten.
   */
  resume?: Json;
  /** Of an endless stream: the partition or shard that the page came from. */
  lane?: string;
}

export interface PageReject {
  raw: unknown;
  position: string;
  code: ErrorCode;
  message: string;
}

/** A part of a run that is read on its own. */
export interface Slice<S extends Json = Json> {
  id: string;
  spec: S;
  /** Expected rows, for progress and for sharing the work. */
  weight?: number;
}

/** The slice of a stream that plans none. */
export const wholeStream: Slice<null> = { id: 'all', spec: null };

/** What `advance` learns of a finished slice. */
export interface FinishedSlice {
  id: string;
  spec: Json;
  resume?: Json;
  /** The greatest cursor value seen. */
  cursor?: string | number;
}
