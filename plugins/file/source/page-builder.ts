import { boundedRaw, type Json, type Page, type PageReject, type ReadRow, type Row } from '@millrace/sdk';
import { pageBytes, pageRows } from './limits.ts';
import type { Reading } from './reading.ts';

/** Gathers rows until they make a page. */
export class PageBuilder {
  private records: Row[] = [];
  private positions: string[] = [];
  private rejects: PageReject[] = [];
  private bytes = 0;
  private readonly wanted: (record: Row) => boolean;
  private readonly rows: number;
  private readonly signal: AbortSignal | undefined;

  /** Records that are not wanted leave no trace but their bytes. */
  constructor({ wanted = () => true, rows = pageRows, signal }: Reading) {
    this.signal = signal;
    this.wanted = wanted;
    this.rows = rows;
  }

  /** `raw` is kept of a row that is no record, cut to a bound. */
  add(row: ReadRow, position: string, bytes: number, raw: unknown): void {
    this.bytes += bytes;
    if ('record' in row) {
      if (!this.wanted(row.record)) return;
      this.records.push(row.record);
      this.positions.push(position);
    } else {
      this.rejects.push({ raw: boundedRaw(raw), position, ...row.problem });
    }
  }

  get full(): boolean {
    return this.records.length + this.rejects.length >= this.rows || this.bytes >= pageBytes;
  }

  get empty(): boolean {
    return this.bytes === 0;
  }

  /** The page so far; the next one starts. */
  take(resume: Json): Page {
    this.signal?.throwIfAborted();
    const { records, positions, rejects } = this;
    this.records = [];
    this.positions = [];
    this.rejects = [];
    this.bytes = 0;
    return { records, positions, ...(rejects.length > 0 && { rejects }), resume };
  }
}
