import type { Page, PushRow, Row } from '@millrace/sdk';
import { personErased, recordName, type Tombstones } from '#tombstones';
import type { MappedPage, MappedRow, RowMapper } from './row-mapper.ts';

export type PageMapper = Pick<RowMapper, 'map' | 'passes'>;

/**
 * In front of systems that are not ours, and so know no tombstones: rows about people who were erased are refused, be it for an address in them or for
 * the record that they are. Deletions pass: they bring nothing back.
 */
export class ErasedGate implements PageMapper {
  constructor(
    private readonly mapper: PageMapper,
    private readonly tombstones: Tombstones,
    /** Where the rows come from. */
    private readonly origin: { connection: string; stream: string },
  ) {}

  passes(row: Row): boolean {
    return this.mapper.passes(row);
  }

  async map(page: Page, seq: number): Promise<MappedPage> {
    const result = await this.mapper.map(page, seq);
    const erased = await this.tombstones.rowsAbout(result.mapped, (row) => this.#hashesOf(page, row));
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

  #hashesOf({ records }: Page, { index, rows }: MappedRow): string[] {
    const sent = rows.filter((row): row is PushRow => row !== null && row.op !== 'delete');
    const [first] = sent;
    if (!first) return [];
    const text = JSON.stringify([records[index], ...sent.map(({ record }) => record)]);
    const record = recordName(this.origin, first.key);
    return [this.tombstones.hashOfRecord(record), ...this.tombstones.hashesIn(text)];
  }
}
