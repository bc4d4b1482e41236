import type { DestinationObject, PushRow, Row } from '@millrace/sdk';
import { Remembered } from '#platform';
import { toldTime } from '../engine/rows/told-time.ts';
import { deletedBefore, type KnownRow, type RowPlace } from './known-row.schema.ts';
import type { KnownRows } from './known-rows.ts';
import type { RowFacts } from './row-facts.ts';
import { rowNames } from './row-name.ts';

export interface RowMemoryOptions {
  known: KnownRows;
  facts: RowFacts;
  sync: string;
  run: string;
  object: string;
  definition: DestinationObject;
  /** Otherwise nothing is looked up and nothing is kept: the object tells by itself what changed, or starts anew with each run. */
  remembers: boolean;
  /** What was read again is to be marked, so that the rest can be removed. */
  mirror: boolean;
  /** Deleted rows stay known as deleted: the sync's work is to delete. */
  deletes: boolean;
  /** Its rows are read in terms: see `RowPlace`. */
  inTerms: boolean;
  /** Sent again even if nothing changed. */
  resend: boolean;
  /** Its rows were refused before: that they come now does not tell that they are still there. */
  replays: boolean;
  /** Throws when the work was given to another worker. */
  permit: () => void;
}

/** What one object of a destination is known to have, from one sync. */
export class RowMemory {
  readonly #names: ReturnType<typeof rowNames>;
  readonly #startsEmpty: Remembered<boolean>;

  constructor(private readonly options: RowMemoryOptions) {
    const { known, sync, object } = options;
    this.#names = rowNames(sync, object, options.definition);
    this.#startsEmpty = new Remembered(Infinity, () => known.isEmpty(sync, object));
  }

  /** Equal for rows that are the same thing at the destination. */
  idOf(row: PushRow): string {
    return (this.options.facts.of(row).id ??= this.#names.idOf(row));
  }

  /** Bytes of a row's content as JSON. */
  bytesOf(row: PushRow): number {
    return this.options.facts.bytesOf(row);
  }

  /** A deletion that the source tells of, in a sync whose work is not to delete. */
  isReportedDeletion({ op }: PushRow): boolean {
    return op === 'delete' && !this.options.deletes;
  }

  /** Those that the destination has acknowledged just as they are. */
  async unchanged(rows: PushRow[]): Promise<Set<PushRow>> {
    const { facts, known, run, remembers, mirror, resend, replays } = this.options;
    if (!remembers) return new Set();
    const hashes = await this.#hashesOf(rows);
    const same = rows.filter((row) => {
      const id = this.idOf(row);
      if (!hashes.has(id)) facts.of(row).isStranger = true;
      return !resend && hashes.get(id) === this.#stateOf(row);
    });
    if (mirror && !replays)
      await known.markSeenById(
        same.map((row) => this.idOf(row)),
        run,
      );
    return new Set(same);
  }

  /** What rows would change of what was acknowledged; undefined: nothing is remembered. Marks nothing. */
  async compare(rows: PushRow[]): Promise<('create' | 'update' | 'delete' | 'unchanged')[] | undefined> {
    const { known, remembers } = this.options;
    if (!remembers) return undefined;
    const hashes = await known.hashesOf(rows.map((row) => this.idOf(row)));
    return rows.map((row) => {
      const id = this.idOf(row);
      if (row.op === 'delete') return 'delete';
      if (!hashes.has(id)) return 'create';
      return hashes.get(id) === this.#stateOf(row) ? 'unchanged' : 'update';
    });
  }

  /**
   * Deletions that the source reports, under the name that the destination knows; of what it never got, nothing. `sending`: rows that it gets before
   * them.
   */
  async named(deletions: PushRow[], sending: PushRow[] = []): Promise<Map<PushRow, PushRow[]>> {
    const { known, sync, object, remembers } = this.options;
    if (!remembers) return new Map(deletions.map((row) => [row, [row]]));
    const found = await known.byKeys(
      sync,
      object,
      deletions.map(({ key }) => key),
    );
    const byKey = new Map<string, Map<string, Row>>();
    const add = (key: string, id: string, name: Row): void =>
      void byKey.set(key, (byKey.get(key) ?? new Map<string, Row>()).set(id, name));
    for (const { key, _id, name } of found) add(key, _id, name);
    for (const row of sending) add(row.key, this.idOf(row), this.#names.nameOf(row));
    return new Map(
      deletions.map((row) => [
        row,
        [...(byKey.get(row.key)?.values() ?? [])].map((name) => ({ ...row, record: name })),
      ]),
    );
  }

  /**
   * The destination has them now, or has them no more: in the order in which it got them. `places`: of those that this run did not read from the
   * source.
   */
  async acknowledged(rows: PushRow[], places?: ReadonlyMap<PushRow, RowPlace>): Promise<void> {
    const { facts, known, sync, object, run, deletes, remembers, mirror, inTerms } = this.options;
    if (!remembers) return;
    const latest = new Map(rows.map((row) => [this.idOf(row), row]));
    const gone: string[] = [];
    if (!deletes) for (const [id, { op }] of latest) if (op === 'delete') gone.push(id);
    for (const id of gone) latest.delete(id);
    await known.forget(gone);
    await known.remember(
      [...latest].map(([_id, row]) => {
        const place = places?.get(row);
        return {
          _id,
          sync,
          object,
          key: row.key,
          name: this.#names.nameOf(row),
          hash: this.#stateOf(row),
          seen: place?.run ?? run,
          seq: place?.seq ?? row.seq,
          ...((inTerms || place) && changeOf(row, place)),
          ...(mirror && { mirror }),
        };
      }),
      (id) => {
        const row = latest.get(id);
        return row !== undefined && facts.of(row).isStranger === true;
      },
    );
    if (mirror) await this.#forgetRetyped([...latest.values()]);
  }

  /** Nothing is sent of them, but what is replayed later may be older. */
  async confirmed(rows: PushRow[], places: ReadonlyMap<PushRow, RowPlace>): Promise<void> {
    this.options.permit(); // a worker that stalled meanwhile must not remember over what came later
    await this.acknowledged(rows, places);
  }

  /** Rows that could not be used this time are still there at the source: a mirror must not remove them. */
  async stillThere(keys: string[]): Promise<void> {
    const { known, sync, object, run, mirror, replays } = this.options;
    if (mirror && !replays) await known.markSeen(sync, object, keys, run);
  }

  /** Of rows that are to be removed, those that nobody has removed meanwhile. */
  async stillKnown(rows: KnownRow[]): Promise<KnownRow[]> {
    const still = await this.options.known.hashesOf(rows.map(({ _id }) => _id));
    return rows.filter(({ _id }) => still.has(_id));
  }

  /** What the destination has of a row once it has taken it: a row that was deleted is not there just so. */
  #stateOf(row: PushRow): string {
    const hash = this.options.facts.hashOf(row);
    return row.op === 'delete' ? `${deletedBefore}${hash}` : hash;
  }

  /**
   * A source that names its rows by texts where it had numbers names the same rows, as most destinations see it: removing "7" as gone under 7 would remove what
   * was written just now.
   */
  async #forgetRetyped(rows: readonly PushRow[]): Promise<void> {
    const { facts, known, sync, object } = this.options;
    const strangers = (await this.#startsEmpty.get()) ? [] : rows.filter((row) => facts.of(row).isStranger);
    const written = new Map(strangers.map((row) => [row.key, row]));
    const found = await known.byKeys(sync, object, [...written.keys()]);
    const retyped = found.filter(({ _id, key, name }) => {
      const row = written.get(key);
      return row && _id !== this.idOf(row) && inTexts(name) === inTexts(this.#names.nameOf(row));
    });
    await known.forget(retyped.map(({ _id }) => _id));
  }

  /** Where nothing was known when it was asked first, there is nothing to look up: to send a row twice that comes twice is cheaper. */
  async #hashesOf(rows: readonly PushRow[]): Promise<Map<string, string | undefined>> {
    if (await this.#startsEmpty.get()) return new Map();
    return this.options.known.hashesOf(rows.map((row) => this.idOf(row)));
  }
}

function changeOf(row: PushRow, place: RowPlace | undefined): Pick<KnownRow, 'at'> {
  const at = place ? place.at : toldTime(row);
  return at === undefined ? {} : { at };
}

function inTexts(name: Row): string {
  return JSON.stringify(name, (_, value: unknown) => (typeof value === 'number' ? String(value) : value));
}
