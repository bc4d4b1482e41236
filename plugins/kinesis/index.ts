import { defineConnector } from '@millrace/sdk';
import { checkKinesis } from './check.ts';
import { KinesisConfig } from './config.ts';
import { recordObject } from './destination/index.ts';
import { kinesisStreams } from './source/index.ts';

export default defineConnector({
  id: 'kinesis',
  title: 'Amazon Kinesis',
  description:
    'Follows Kinesis data streams as records arrive, over splits and merges of shards, and puts records into them.',
  version: '1.0.0',
  config: KinesisConfig,
  check: checkKinesis,
  source: { streams: kinesisStreams },
  destination: { objects: async ({ config }) => ({ record: recordObject(config) }) },
});
