import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Preview } from './index.ts';
import { startContentApp, type ContentApp } from './testing/content-app.ts';
import type { Translation } from './translations/translations.ts';

let content: ContentApp;

beforeAll(async () => {
  content = await startContentApp('http://mail.example.com');
  await content.load('profile', { identities: { email: 'ann@x.com' }, traits: { city: 'Oslo', pets: ['Tom'] } });
  await content.load('profile', { identities: { email: 'bob@x.com' } });
});
afterAll(() => content.close());

const source =
  '{{^city}}nowhere{{/city}}{{^if vip}}plain{{/if}}{{^each pets}}no pets{{/each}}{{^with shop}} {{city}}{{/with}}';

it('blocks that begin with ^ show in previews what is there for those who lack something', async () => {
  const preview = async (identity: string): Promise<unknown> => {
    const { data } = await content.http.post<Preview>('/api/preview', { subject: 'S', source, identity });
    return data.html;
  };
  expect(await preview('ann@x.com')).toBe('plain Oslo');
  expect(await preview('bob@x.com')).toBe('nowhereplainno pets ');
});

it('and are translated', async () => {
  const asked = { vendor: 'klaviyo', subject: 'S', source: '{{^if city}}a{{/if}}{{^each pets}}b{{/each}}' };
  const { data } = await content.http.post<Translation>('/api/translations', asked);
  const html =
    "{% if person|lookup:'city' %}{% else %}a{% endif %}{% for entry in person|lookup:'pets' %}{% empty %}b{% endfor %}";
  expect(data).toMatchObject({ mail: { html }, untranslated: [] });
});
