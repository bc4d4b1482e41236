export { HistoryWriter } from './history-writer.ts';
export { readIncoming, type IncomingRow } from './incoming-row.ts';
export { LandingWriter } from './landing-writer.ts';
