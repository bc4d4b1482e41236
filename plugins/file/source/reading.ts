import type { Row } from '@millrace/sdk';

/** Where a file goes on. `offset` counts decompressed bytes (of a JSON document: records); `version` recognises another content. */
export type FileResume = { file: string; offset: number; line: number; version: string };

/** What of a file is read. */
export interface Reading {
  /** Absent: from the start. */
  resume?: FileResume;
  /** Absent: every record. */
  wanted?: (record: Row) => boolean;
  /** Ends the reading before its next page. */
  signal?: AbortSignal;
  /** Rows of a page (default: `pageRows`). */
  rows?: number;
}
