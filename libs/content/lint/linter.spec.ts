import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startContentApp, type ContentApp } from '../testing/content-app.ts';
import type { LintDto } from './http/lint.dto.ts';

let content: ContentApp;
const unsubscribe = '<a href="{{unsubscribeUrl}}">Unsubscribe</a>';

beforeAll(async () => {
  content = await startContentApp('https://news.example.com');
  const traits = { zone: 'Nowhere/At-all', language: 'Deutsch' };
  await content.load('profile', { identities: { email: 'dan@x.com' }, traits });
});
afterAll(() => content.close());

async function lint(source: string, more: object = {}): Promise<LintDto['findings']> {
  const mail = { subject: 'S', preheader: 'P', source: `<p>x</p>${source}`, ...more };
  return (await content.http.post<LintDto>('/api/lint', mail)).data.findings;
}

it('what one person’s data break is a warning, and keeps nobody from publishing', async () => {
  const source = `{{dateFormat now "HH:mm" tz=zone}}${unsubscribe}`;
  const failing = (await lint(source)).filter(({ rule }) => rule === 'rendering');
  expect(failing).toMatchObject([{ severity: 'warning', message: expect.stringContaining('Nowhere/At-all') }]);
  await content.http.put('/api/templates/zone', { name: 'Zone', subject: 'S', source });
  expect(await content.http.post('/api/templates/zone/publish')).toMatchObject({ status: 200 });
});

it('what breaks for whoever lacks it is an error, even where somebody real has it', async () => {
  await content.load('profile', { identities: { email: 'eve@x.com' }, traits: { sign: '+' } });
  const findings = await lint(`{{math 1 sign 2}}${unsubscribe}`, { identities: ['eve@x.com'] });
  expect(findings.filter(({ rule }) => rule === 'rendering')).toMatchObject([{ severity: 'error' }]);
});

it('blocks are looked through, too', async () => {
  await content.http.put('/api/blocks/footer', { name: 'Footer', source: unsubscribe });
  const source = '{{#if (eq firstName “Ann”)}}x{{/if}}';
  const variants = [
    { name: 'no', source: '<a href="javascript:x()">y</a>', when: { field: 'traits.a', is: 'exists' } },
  ];
  await content.http.put('/api/blocks/bad', { name: 'Bad', source, variants });
  const rules = async (written: string): Promise<string[]> =>
    (await lint(written)).filter(({ severity }) => severity !== 'hint').map(({ rule }) => rule);
  expect(await rules('{{> footer}}')).toEqual([]);
  expect(await rules('x')).toEqual(['missing-unsubscribe']);
  expect((await lint('{{> bad}}{{> footer}}')).filter(({ severity }) => severity === 'error')).toMatchObject([
    { rule: 'typographic-quotes', message: expect.stringContaining('In the block "bad": ') },
    { rule: 'unsafe-link', message: expect.stringContaining('In the block "bad": The link "javascript:x()"') },
  ]);
});
