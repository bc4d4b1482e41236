import { expect, it } from '@jest/globals';
import avro, { type Schema } from 'avsc';
import { avroCodec } from './avro-codec.ts';

it.each([
  ['timestamp-millis', 1_767_600_000_123, '2026-01-05T08:00:00.123Z'],
  ['timestamp-micros', 1_767_600_000_123_456, '2026-01-05T08:00:00.123456Z'],
  ['timestamp-micros', 1_767_600_000_123_006, '2026-01-05T08:00:00.123006Z'],
  ['timestamp-micros', 1_767_600_000_123_000, '2026-01-05T08:00:00.123Z'],
  ['timestamp-micros', -1, '1969-12-31T23:59:59.999999Z'],
  ['local-timestamp-micros', 1_767_600_000_123_456, '2026-01-05T08:00:00.123456'],
])('a time is read and written with every digit: %s %i', (logicalType, stored, text) => {
  const schema: Schema = { type: 'long', logicalType };
  const codec = avroCodec({ schema: JSON.stringify(schema), schemaType: 'AVRO', references: [] });
  const bytes = avro.Type.forSchema('long').toBuffer(stored);
  expect(codec.decode(bytes)).toBe(text);
  expect(codec.encode(text)).toEqual(bytes);
});

it.each(['2026-01-05T08:00:00Z', '2026-01-05T09:00:00.0000+01:00'])('writes %s', (text) => {
  const schema: Schema = { type: 'long', logicalType: 'timestamp-micros' };
  const codec = avroCodec({ schema: JSON.stringify(schema), schemaType: 'AVRO', references: [] });
  expect(codec.decode(codec.encode(text))).toBe('2026-01-05T08:00:00.000Z');
});
