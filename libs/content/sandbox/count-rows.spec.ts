import { describe, expect, it } from '@jest/globals';
import { countRows } from './count-rows.ts';
import { Engine } from './engine.ts';

const frame = { locale: 'en', timeZone: 'UTC', now: '2025-01-01T00:00:00.000Z' };

const signsOf = async (source: string, row: object): Promise<unknown> => {
  const parts = ['subject', 'source'].map((name) => ({ name, source: name === 'source' ? source : 'S', html: true }));
  const { rows } = await countRows(new Engine(), { parts, rows: [row], frame, inlineEvery: 1 });
  return rows.map((one) => ('fault' in one ? one : one.signs));
};

it('a greeting is blank where a test chooses nothing, whatever it could', async () => {
  const source = '<p>Hi {{eq tier "gold" yes=name}},</p>';
  expect(await signsOf(source, { tier: 'gold', name: 'Ann' })).toEqual([undefined]);
  expect(await signsOf(source, { tier: 'gold' })).toEqual([['blank_greeting']]);
  expect(await signsOf(source, { name: 'Ann' })).toEqual([['blank_greeting']]);
  expect(await signsOf(source, {})).toEqual([['blank_greeting']]);
});

describe('braces in a counted mail', () => {
  it.each([
    ['of data are told', 'Hi {{name}}', ['literal_braces']],
    ['that the author wrote are meant', 'Hi \\{{name}} {{name}}', undefined],
  ])('%s', async (_, source, signs) => {
    expect(await signsOf(source, { name: '{{firstName}}' })).toEqual([signs]);
  });
});
