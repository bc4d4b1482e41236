import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { nativeCollection, type Collection } from '../store/index.ts';
import { newRecordPagesModel, type NewRecordPages } from './new-record-pages.schema.ts';

/** A page that is being written. */
interface Page {
  /** Pages of other processes when it began. */
  others: number;
  /** New records of pages of this process that were written meanwhile. */
  met: ReadonlySet<string>[];
}

/** What this process knows of a stream. */
interface Stream {
  own: number;
  /** Pages of other processes, as of the last count. */
  others?: number;
  underway: Set<Page>;
  /** Until the last count is through. */
  counting: Promise<unknown>;
}

/**
 * Tells which new records two writers may have brought at the same time, each to somebody else, since neither saw the other's: an index that forbids it would cost every
 * row of a first load. Every page counts itself when it is written: whoever is the last of two sees that the other one was there, whose people can be read by then.
 */
@Injectable()
export class NewRecords {
  readonly #pages: Collection<NewRecordPages>;
  readonly #streams = new Map<string, Stream>();

  constructor(@InjectModel(newRecordPagesModel) pages: Model<NewRecordPages>) {
    this.#pages = nativeCollection<NewRecordPages>(pages);
  }

  /**
   * Carries out a write of a page, from its first look at what is there to its end, which gives the keys of the records that nobody had. Gives those of
   * them that others may have written meanwhile.
   */
  async during(prefix: string, write: () => Promise<string[]>): Promise<string[]> {
    const stream = this.#streamOf(prefix);
    const page: Page = { others: 0, met: [] };
    stream.underway.add(page);
    try {
      page.others = stream.others ?? (await this.#look(prefix, stream));
      const keys = await write();
      if (keys.length === 0) return [];
      tellOthers(stream, page, keys);
      if ((await this.#count(prefix, stream)) !== page.others) return keys;
      return page.met.length === 0 ? [] : keys.filter((key) => page.met.some((met) => met.has(key)));
    } finally {
      stream.underway.delete(page);
    }
  }

  #streamOf(prefix: string): Stream {
    const known = this.#streams.get(prefix);
    if (known) return known;
    const stream = { own: 0, underway: new Set<Page>(), counting: Promise.resolve() };
    this.#streams.set(prefix, stream);
    return stream;
  }

  #look(prefix: string, stream: Stream): Promise<number> {
    return inTurn(stream, () => this.#pages.findOne({ _id: prefix }));
  }

  /** Counts a page of this process. */
  #count(prefix: string, stream: Stream): Promise<number> {
    return inTurn(stream, async () => {
      const counted = await this.#pages.findOneAndUpdate(
        { _id: prefix },
        { $inc: { pages: 1 } },
        { upsert: true, returnDocument: 'after', writeConcern: { w: 1 } }, // no page waits for the journal because of a hint
      );
      stream.own++;
      return counted;
    });
  }
}

/** Pages of other processes, as `read` gives the count. One after the other, so that no own page is taken for another process's. */
function inTurn(stream: Stream, read: () => Promise<NewRecordPages | null>): Promise<number> {
  const others = stream.counting.then(async () => {
    const pages = (await read())?.pages ?? 0;
    return (stream.others = pages - stream.own);
  });
  stream.counting = others.catch(() => undefined); // whoever waits for it is told
  return others;
}

function tellOthers({ underway }: Stream, page: Page, keys: readonly string[]): void {
  if (underway.size === 1) return;
  const met = new Set(keys);
  for (const other of underway) if (other !== page) other.met.push(met);
}
