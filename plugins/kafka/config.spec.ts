import { expect, it } from '@jest/globals';
import { configSpec } from '@millrace/sdk';
import { KafkaConfig } from './config.ts';

it('tells where messages are from elsewhere by brokers and topic, not by TLS or the registry of schemas', () => {
  expect(configSpec(KafkaConfig).places).toEqual(['brokers', 'topic']);
});
