import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCollect, type Collect } from '../testing/test-collect.ts';
import { Sources } from './index.ts';

describe('a source that is put', () => {
  let collect: Collect;
  let sources: Sources;

  beforeAll(async () => {
    collect = await startCollect();
    sources = collect.app.get(Sources);
  });
  afterAll(() => collect.close());

  it('is the one that its address names: no other one is made', async () => {
    const given = { name: 'Shop', slug: 'other' };
    await expect(sources.put('shop', given)).rejects.toMatchObject({ code: 'not_found' });
    await expect(sources.rehearsePut('shop', given)).rejects.toMatchObject({ code: 'not_found' });
    await expect(sources.get('other')).rejects.toMatchObject({ code: 'not_found' });
    expect((await sources.put('shop', { name: 'Shop', slug: 'shop' })).created).toBe(true);
    expect(await sources.put('shop', given)).toMatchObject({ created: false, view: { slug: 'other' } });
  });
});
