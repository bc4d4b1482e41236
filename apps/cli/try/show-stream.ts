import colors from 'picocolors';
import { fieldList, type ConnectorContext, type Stream } from '@millrace/sdk';
import { cell } from '../output/cells.ts';
import { firstRows } from './first-rows.ts';
import { mapRows, type Arrival } from './map-rows.ts';
import { recordsText } from '../output/records-text.ts';
import type { Output } from './output.ts';
import { refusalsOf } from './refusals-of.ts';

const patience = 60_000; // milliseconds that the first rows may take

/** Shows the first rows of a stream: as they would arrive at each of its outputs, else as they are. */
export async function showStream(
  output: Output,
  name: string,
  stream: Stream,
  { ctx, limit }: { ctx: ConnectorContext; limit: number },
): Promise<void> {
  const key = fieldList(stream.key).join(', ') || 'none';
  output.line(`\n${colors.bold(`Stream ${name}`)} ${colors.dim(`key ${key}, cursor ${stream.cursor ?? 'none'}`)}`);
  const { records, rejects } = await firstRows(name, stream, { ctx, limit, milliseconds: patience });
  const outputs = Object.entries(stream.outputs ?? {});
  if (outputs.length === 0) {
    output.line(colors.dim(`${records.length} rows as the source gives them (the stream has no outputs)`));
    output.line(recordsText(records));
  }
  for (const [object, mapping] of outputs) {
    const mapped = await mapRows(mapping, records, stream.schema);
    const refusing = refusalsOf(object);
    const told = mapped.flatMap((arrival, index) =>
      outputs.length > 1 && saysNothing(arrival) ? [] : [{ row: index + 1, arrival: refusing(arrival) }],
    );
    const arrived = told.flatMap(({ arrival }) => ('record' in arrival ? [arrival.record] : []));
    output.line(colors.dim(`${arrived.length} of ${records.length} rows, as they would arrive as ${object}`));
    output.line(recordsText(arrived));
    for (const { row, arrival } of told) {
      if ('refused' in arrival) output.line(`${colors.yellow(`row ${row} refused`)} ${arrival.refused}`);
    }
  }
  for (const { position, code, message, raw } of rejects) {
    output.line(`${colors.yellow(`${position} refused`)} ${code}: ${message} ${colors.dim(cell(raw))}`);
  }
}

/** Where a stream has several outputs, a row goes to those for which it has something. */
function saysNothing(arrival: Arrival): boolean {
  return 'record' in arrival && Object.keys(arrival.record).length === 0;
}
