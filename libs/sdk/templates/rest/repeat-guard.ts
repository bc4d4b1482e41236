import { createHash } from 'node:crypto';
import { MillraceError } from '../../errors/index.ts';
import type { Json } from '../../json.ts';

const mostEmptyPages = 1000;

/** Ends paging that would never end by itself: an API that ignores the paging, or whose links go round in a circle. */
export class RepeatGuard {
  private pages = 0;
  private emptyPages = 0;
  private landmark?: string;
  private renewAt = 1;

  /** `seen`: the fingerprint of the page before, when reading goes on. */
  constructor(private seen?: string) {}

  /** Whether a page is the one before again. */
  isSame(records: unknown[]): boolean {
    return records.length > 0 && fingerprintOf(records) === this.seen;
  }

  /** Remembers a page and returns its fingerprint. Throws `invalid_response` when it is the one before again. */
  page(records: unknown[], number: number): string {
    const fingerprint = fingerprintOf(records);
    if (records.length > 0 && fingerprint === this.seen) {
      throw endless(`page ${number} has the same records as the page before`);
    }
    this.emptyPages = records.length > 0 ? 0 : this.emptyPages + 1;
    if (this.emptyPages > mostEmptyPages)
      throw endless(`${mostEmptyPages} pages without a record came one after the other`);
    this.seen = fingerprint;
    return fingerprint;
  }

  /** Brent's way to find a circle: one landmark that moves on at each power of two. Throws `invalid_response`. */
  goOn(from: Json, to: Json): void {
    const next = JSON.stringify(to);
    if (next === JSON.stringify(from)) throw endless('the next page is the same page again', scrolls);
    if (next === this.landmark) throw endless('the next page is one that was read before');
    this.pages += 1;
    if (this.pages < this.renewAt) return;
    this.landmark = next;
    this.renewAt *= 2;
  }
}

function fingerprintOf(records: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(records)).digest('base64').slice(0, 22);
}

/** There is no going on after a crash where the other side alone knows how far one is. */
const scrolls =
  ' Where it keeps the place by itself (a scroll), use another list of it, or write `read` without `resume`.';

function endless(what: string, advice = ''): MillraceError {
  return new MillraceError(
    'invalid_response',
    `Paging does not end: ${what}. The API seems to ignore the paging of this stream: check its kind and the names of its parameters.${advice}`,
  );
}
