import { restSource } from '@millrace/sdk';
import type { HttpJsonConfig } from './config.ts';
import { restStreams } from './streams.ts';

export const source = restSource<HttpJsonConfig>((config) => ({ streams: restStreams(config) }));
