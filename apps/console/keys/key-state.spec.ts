import { describe, expect, it } from '@jest/globals';
import type { ApiKey } from '../api/index.ts';
import { keyState } from './key-state.ts';
import { mayText } from './roles.ts';

const now = Date.parse('2025-06-01T00:00:00Z');
const key: ApiKey = { id: 'key_1', name: 'Import', role: 'operator', createdAt: '2025-05-01T00:00:00Z' };

describe('keys', () => {
  it.each<[string, Partial<ApiKey>]>([
    ['works', {}],
    ['works', { createdAt: '2024-01-01T00:00:00Z', lastUsedAt: '2025-05-31T00:00:00Z' }],
    ['works', { expiresAt: '2025-06-01T00:00:01Z' }],
    ['unused', { createdAt: '2025-03-01T00:00:00Z' }],
    ['unused', { createdAt: '2024-01-01T00:00:00Z', lastUsedAt: '2025-03-01T00:00:00Z' }],
    ['expired', { expiresAt: '2025-06-01T00:00:00Z', createdAt: '2024-01-01T00:00:00Z' }],
    ['revoked', { revokedAt: '2025-05-02T00:00:00Z', expiresAt: '2025-05-03T00:00:00Z' }],
  ])('%s: %j', (state, more) => {
    expect(keyState({ ...key, ...more }, now)).toBe(state);
  });

  it('say what a role may do', () => expect(mayText('marketer')).toBe('reads; templates and previews'));
});
