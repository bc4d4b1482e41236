import { object, ok, rejected } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';
import { exportOf } from './export-paths.ts';
import { joinParts } from './join-parts.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Rows of a run as one file. Each batch is a part file named after it, so that a batch that is sent again replaces itself; the end of
 * the run joins the parts and puts the file in its place.
 */
export const rowsObject = object<FileConfig>({
  title: 'Rows',
  modes: ['insert'],
  idempotency: 'key',
  everyRow: true,
  appearsAtEnd: true,
  async push(ctx, rows) {
    if (rows.length === 0) return [];
    const { partPath } = exportOf(ctx.config, ctx.run);
    const records = rows.filter(({ op }) => op === 'upsert').map(({ record }) => record);
    await writeWhole(ctx, partPath(rows[0]?.seq ?? 0, ctx.batchId), [JSON.stringify(records)]);
    return rows.map(({ op }) =>
      op === 'upsert'
        ? ok({ created: 1 })
        : rejected('invalid_row', 'An export cannot remove rows: use the mode insert.'),
    );
  },
  finish: joinParts,
});
