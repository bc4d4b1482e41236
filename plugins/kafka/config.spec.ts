import { expect, it } from '@jest/globals';
import { configSpec } from '@millrace/sdk';
import { KafkaConfig } from './config.ts';

it('tells where messages are from elsewhere by brokers and topic, not by TLS or the registry of schemas', () => {
  expect(configSpec(KafkaConfig).places).toEqual(['brokers', 'topic']);
});

it.each(['2026-W01-1', '2026-001', '20260101'])(
  'refuses to begin at %s, which is no time to JavaScript',
  (fromTime) => {
    const config = { brokers: ['a:9092'], from: 'timestamp', fromTime };
    expect(() => configSpec(KafkaConfig).parse(config)).toThrow('fromTime must be an ISO time such as');
  },
);
