import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Signer } from '#platform';
import { CollectedExport } from './people-export.ts';
import { startCollect, type Collect } from './testing/test-collect.ts';

describe('what was collected of a person', () => {
  let collect: Collect;

  beforeAll(async () => {
    collect = await startCollect();
  });
  afterAll(() => collect.close());

  it('is given to them: messages as they arrived, and what these add up to', async () => {
    const events = [
      { type: 'traits', userId: '17', traits: { email: 'ann@x.com', plan: 'pro' }, messageId: 'm1' },
      { type: 'event', userId: '17', name: 'Signed', properties: { months: 12 }, messageId: 'm2' },
      { type: 'event', userId: '18', name: 'Other', properties: {}, messageId: 'm3' },
    ];
    expect((await collect.http.post('/api/events', { events })).status).toBe(200);
    await collect.read(3);
    const identities = ['user:17', 'email:ann@x.com'];
    const signer = collect.app.get(Signer);
    const sections = new Map<string, unknown[]>();
    const hashes = identities.map((identity) => signer.hmac('identity', identity));
    for await (const { section, items } of collect.app.get(CollectedExport).export(identities, hashes)) {
      sections.set(section, [...(sections.get(section) ?? []), ...items]);
    }
    expect(sections.get('collected messages')).toHaveLength(2);
    expect(JSON.stringify(sections.get('collected messages'))).toContain('"months":12');
    expect(sections.get('collected traits')).toEqual([
      expect.objectContaining({ traits: expect.objectContaining({ plan: { value: 'pro', at: expect.any(String) } }) }),
    ]);
    expect(JSON.stringify([...sections.values()])).not.toContain('Other');
  });
});
