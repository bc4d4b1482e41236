import { describe, expect, it } from '@jest/globals';
import { countRows } from './count-rows.ts';
import { Engine } from './engine.ts';

const frame = { locale: 'en', timeZone: 'UTC', now: '2025-01-01T00:00:00.000Z' };

describe('braces in a counted mail', () => {
  it.each([
    ['of data are told', 'Hi {{name}}', ['literal_braces']],
    ['that the author wrote are meant', 'Hi \\{{name}} {{name}}', undefined],
  ])('%s', async (_, source, signs) => {
    const parts = ['subject', 'source'].map((name) => ({ name, source: name === 'source' ? source : 'S', html: true }));
    const { rows } = await countRows(new Engine(), { parts, rows: [{ name: '{{firstName}}' }], frame, inlineEvery: 1 });
    expect(rows.map((row) => ('fault' in row ? row : row.signs))).toEqual([signs]);
  });
});
