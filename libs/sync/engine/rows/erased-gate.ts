import { MillraceError, type CompiledMapping, type Page, type PushRow, type Row } from '@millrace/sdk';
import { personErased, recordName, type Tombstones } from '#tombstones';
import type { NameReader } from '../../erasure/index.ts';
import { mapAll } from './map-all.ts';
import type { MappedPage, MappedRow, RowMapper } from './row-mapper.ts';

export type PageMapper = Pick<RowMapper, 'map' | 'passes'>;

/** How the rows of a stream name people. */
export interface RowNames {
  /** Each gives the `identities` of rows that pass. */
  mappings: { passes: (row: Row) => boolean; mapping: CompiledMapping }[];
  reader?: NameReader;
}

/**
 * In front of systems that are not ours, and so know no tombstones: rows about people who were erased are refused, be it for an address in them, for
 * the record that they are, or for whom they name where their stream is known to the profile store. Deletions pass: they bring nothing back.
 */
export class ErasedGate implements PageMapper {
  #names?: Promise<RowNames>;

  constructor(
    private readonly mapper: PageMapper,
    private readonly tombstones: Tombstones,
    /** Where the rows come from. */
    private readonly origin: { connection: string; stream: string },
    /** Asked once, and only when somebody was erased. */
    private readonly readNames: () => Promise<RowNames>,
  ) {}

  passes(row: Row): boolean {
    return this.mapper.passes(row);
  }

  async map(page: Page, seq: number): Promise<MappedPage> {
    const result = await this.mapper.map(page, seq);
    if (result.mapped.length === 0 || !(await this.tombstones.any())) return result;
    const named = await this.#namedBy(page, result.mapped);
    const erased = await this.tombstones.rowsAbout(result.mapped, (row) => this.#hashesOf(page, row, named));
    if (erased.size === 0) return result;
    const { code, message } = personErased();
    const refused = [...erased].map(({ index, rows }) => {
      const key = rows.find((row) => row !== null)?.key;
      return { index, raw: page.records[index], position: page.positions?.[index], key, code, message };
    });
    return {
      ...result,
      mapped: result.mapped.filter((row) => !erased.has(row)),
      refused: [...result.refused, ...refused],
    };
  }

  /** The identities that records name, by their place in the page. */
  async #namedBy({ records }: Page, rows: readonly MappedRow[]): Promise<Map<number, string[]>> {
    const { mappings, reader } = await (this.#names ??= this.readNames());
    if (!reader) return new Map();
    const sent = rows.flatMap(({ index }) => {
      const record = records[index]; // deletions have none
      return record === undefined ? [] : [{ index, record }];
    });
    const named = new Map(sent.map(({ index, record }) => [index, reader.recognised(record)]));
    for (const { passes, mapping } of mappings) {
      const naming = sent.filter(({ record }) => passes(record));
      const mapped = await mapAll(
        mapping,
        naming.map(({ record }) => record),
      );
      naming.forEach(({ index }, place) => {
        const row = mapped[place];
        if (row === undefined || row instanceof MillraceError) return;
        named.get(index)?.push(...reader.named(row.identities, this.origin.connection));
      });
    }
    return named;
  }

  #hashesOf({ records }: Page, { index, rows }: MappedRow, named: Map<number, string[]>): string[] {
    const sent = rows.filter((row): row is PushRow => row !== null && row.op !== 'delete');
    const [first] = sent;
    if (!first) return [];
    const text = JSON.stringify([records[index], ...sent.map(({ record }) => record)]);
    const record = recordName(this.origin, first.key);
    const identities = (named.get(index) ?? []).flatMap((identity) => this.tombstones.hashesOf(identity));
    return [this.tombstones.hashOfRecord(record), ...identities, ...this.tombstones.hashesIn(text)];
  }
}
