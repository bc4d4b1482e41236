import axios from 'axios';
import colors from 'picocolors';
import type { ApiClient, PreviewView } from '../../apps/cli/index.ts';
import { expect } from './expect.ts';
import { lastOrderMail, people } from './shop.ts';

/** Shows one mail for three people, each with a link that a browser can open. */
export async function showPreviews(api: ApiClient): Promise<void> {
  const template = {
    name: 'Your last order',
    subject: '{{defaultIfEmpty firstName "Hello"}}, your order{{#if lastOrder}} {{lastOrder.id}}{{/if}}',
    source: lastOrderMail(),
  };
  await api.put('/api/templates/last-order', template);
  console.log(colors.bold('\nThe mail "Your last order"'));
  for (const { email, greeting } of people) {
    const preview = await api.post<PreviewView>('/api/preview', { template: 'last-order', identity: email });
    const missing = preview.tokens.filter((token) => token.missing).map(({ path }) => path);
    console.log(`  ${colors.green(email)}  ${colors.bold(preview.subject)}`);
    if (missing.length > 0) console.log(`    ${colors.yellow('missing')} ${[...new Set(missing)].join(', ')}`);
    console.log(`    ${colors.cyan(preview.page)}`);
    expect(preview.html.includes(greeting), `the mail for ${email} says "${greeting}"`);
    const { status, data } = await axios.get<string>(preview.page, { proxy: false, responseType: 'text' });
    expect(status === 200 && data.includes('<iframe'), `the preview of ${email} opens in a browser`);
  }
}
