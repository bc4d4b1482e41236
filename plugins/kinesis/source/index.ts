export { kinesisStreams } from './streams.ts';
