import { expect, it } from '@jest/globals';
import { configSpec } from '@millrace/sdk';
import { KinesisConfig } from './config.ts';

it.each(['2026-W01-1', '2026-001', '20260101'])('refuses to begin at %s, which is no time to JavaScript', (startAt) => {
  const config = { region: 'eu-central-1', start: 'AT_TIMESTAMP', startAt };
  expect(() => configSpec(KinesisConfig).parse(config)).toThrow('startAt must be an ISO time such as');
});
