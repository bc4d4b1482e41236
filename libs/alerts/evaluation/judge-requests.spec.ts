import { describe, expect, it } from '@jest/globals';
import type { DueRequest } from '../requests/index.ts';
import { judgeRequests, watchedDue } from './judge-requests.ts';

const now = new Date('2026-01-05T06:00:00Z');
const [late, near] = watchedDue(now);

const request = (more: Partial<DueRequest> = {}): DueRequest => ({
  ...{ id: 'prq_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', kind: 'restrict', dueAt: now },
  ...more,
});

describe('judgeRequests', () => {
  it('watches what is due within three days apart from what is late, and misses nothing between', () => {
    expect(late?.time).toEqual({ until: now });
    expect(near?.time).toEqual({ from: now, until: new Date('2026-01-08T06:00:00Z') });
  });

  it('says nothing where nothing is due', () => {
    expect(judgeRequests({ count: 0, first: [] }, { lead: 0 })).toEqual({ kind: 'privacyDue', holds: false });
  });

  it('says how many there are, which are the most urgent, and since when', () => {
    expect(judgeRequests({ count: 1, first: [request({ reference: 'T-1' })] }, { lead: 3_600_000 })).toMatchObject({
      ...{ holds: true, count: 1, since: new Date('2026-01-05T05:00:00Z') },
      message: '1 request: prq_01JD3V7Q2M8Z5T9W4R6X1Y0KBC (restrict, T-1) 2026-01-05T06:00Z.',
    });
  });

  it('fits an alert with long references, and tells no address that somebody wrote into one', () => {
    const first = [...'abc'].map((id) => request({ reference: `${id}${'x'.repeat(12)} ann.smith@example.com` }));
    const finding = judgeRequests({ count: 10_000, first }, { lead: 0 });
    expect(finding).toMatchObject({ message: expect.stringMatching(/^10000 requests or more: .*; and 9997 more\.$/) });
    expect(finding.holds && finding.message.length).toBeLessThanOrEqual(300);
    expect(JSON.stringify(finding)).not.toContain('ann');
  });
});
