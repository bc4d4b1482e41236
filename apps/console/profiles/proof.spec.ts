import { describe, expect, it } from '@jest/globals';
import { proofOf } from './proof.ts';

describe('what proves a choice', () => {
  const choice = {
    identity: 'email:ann@example.com',
    channel: 'email',
    at: '2026-03-01T09:00:00.000Z',
    source: 'form',
  };
  const permission = { ...choice, purpose: 'news', allowed: true, reason: 'granted' } as const;

  it.each([
    ['scan 17\nof page 2', 'scan 17\nof page 2'],
    [{ note: 'scan 17\nof page 2' }, 'scan 17\nof page 2'],
    [{ form: { id: 7 } }, '{\n  "form": {\n    "id": 7\n  }\n}'],
    [17, '17'],
  ])('is told as it was written: %j', (evidence, text) => {
    expect(proofOf(permission, [{ ...choice, purpose: 'news', evidence }])).toBe(text);
  });

  it('is what was said of that purpose or of all, by that identity, then', () => {
    const others = [
      { ...choice, purpose: 'sales', evidence: 'other purpose' },
      { ...choice, purpose: 'news', at: '2020-01-01T00:00:00.000Z', evidence: 'other time' },
      { ...choice, purpose: 'news', identity: 'email:a@example.com', evidence: 'other identity' },
    ];
    expect(proofOf(permission, others)).toBeUndefined();
    expect(proofOf(permission, [...others, { ...choice, purpose: 'all', evidence: 'it', wording: 'n-2' }])).toBe(
      'Wording: n-2\n\nit',
    );
    expect(proofOf(permission, [{ ...choice, purpose: 'news' }])).toBeUndefined();
  });
});
