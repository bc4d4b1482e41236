import { defineConnector, type DestinationObject, type Stream } from '@millrace/sdk';
import { checkFile } from './check.ts';
import { FileConfig } from './config.ts';
import { keepsRunsApart } from './destination/export-paths.ts';
import { rowsObject } from './destination/rows-object.ts';
import { rowsStream } from './source/rows-stream.ts';

const noStreams: Record<string, Stream<FileConfig>> = {};
const noObjects: Record<string, DestinationObject<FileConfig>> = {};

export default defineConnector({
  id: 'file',
  title: 'File',
  description: 'Reads and writes CSV and JSON Lines; reads JSON, gzip, globs and web addresses too.',
  version: '1.0.0',
  config: FileConfig,
  check: checkFile,
  source: {
    streams: async (ctx) => (ctx.config.path === undefined ? noStreams : { rows: await rowsStream(ctx) }),
  },
  destination: {
    objects: async ({ config }) =>
      config.output === undefined ? noObjects : { rows: { ...rowsObject, startsAnew: !keepsRunsApart(config) } },
  },
});
