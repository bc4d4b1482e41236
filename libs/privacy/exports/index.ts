export { exportChunkModel, exportChunkSchema } from './export-chunk.schema.ts';
export { ExportStore } from './export-store.ts';
export { exportStyle, htmlOf, jsonOf } from './export-texts.ts';
