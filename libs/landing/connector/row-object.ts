import { MillraceError, object, rejected, retry, type DestinationObject, type Outcome } from '@millrace/sdk';
import type { Datasets } from '../datasets/index.ts';
import { readIncoming, type IncomingRow, type LandingWriter } from '../writer/index.ts';

/** Raw rows, kept as they came. Connection and stream of the source name the dataset that they go to. */
export function rowObject(datasets: Datasets, writer: LandingWriter): DestinationObject {
  return object({
    title: 'Raw row',
    description: 'The row as the source gave it, with its history; mapped later by a sync that reads from the landing.',
    modes: ['upsert', 'mirror', 'delete'],
    idempotency: 'natural',
    everyRow: true,
    readBackAs: (from) => datasets.nameOf(from),
    batch: { records: 1_000, bytes: 16_000_000 },
    mapping: { row: '$' },
    schema: {
      type: 'object',
      properties: { row: { type: 'object', title: 'Row', description: 'What is kept; `$` is the whole row.' } },
      required: ['row'],
      additionalProperties: false,
    },
    async push({ from, run, mode }, rows) {
      const dataset = await datasets.of(from);
      const outcomes = new Array<Outcome | undefined>(rows.length).fill(undefined);
      const incoming: IncomingRow[] = [];
      const places: number[] = [];
      rows.forEach((row, place) => {
        try {
          incoming.push(readIncoming(mode === 'delete' ? { ...row, op: 'delete' } : row, dataset, run));
          places.push(place);
        } catch (error) {
          if (!(error instanceof MillraceError)) throw error;
          outcomes[place] = rejected(error.code, error.message);
        }
      });
      const written = await writer.write(dataset, incoming);
      places.forEach((place, i) => (outcomes[place] = written[i]));
      return outcomes.map((outcome) => outcome ?? retry());
    },
  });
}
