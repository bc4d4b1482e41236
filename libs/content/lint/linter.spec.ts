import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startContentApp, type ContentApp } from '../testing/content-app.ts';
import type { Preview } from '../index.ts';
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

it('braces that the author of a block wrote are meant where the block stands, and in previews as well', async () => {
  await content.http.put('/api/blocks/code', { name: 'Code', source: '\\{{title}}' });
  await content.load('profile', { identities: { email: 'fay@x.com' }, traits: { pet: '{{name}}' } });
  const told = async (subject: string): Promise<string[]> => {
    const mail = { subject, source: `{{> code}}${unsubscribe}` };
    const found = await lint('', { ...mail, identities: ['fay@x.com'] });
    const preview = await content.http.post<Preview>('/api/preview', { ...mail, identity: 'fay@x.com' });
    const codes = preview.data.warnings.map(({ code, part }) => `${code} ${part}`);
    return [...found.map(({ rule }) => rule), ...codes].filter((one) => one.startsWith('literal'));
  };
  expect(await told('S')).toEqual([]);
  expect(await told('{{pet}}')).toEqual(['literal-code', 'literal-code', 'literal_braces subject']);
});
