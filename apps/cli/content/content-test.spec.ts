import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../testing/run-cli.ts';
import type { MailResult } from './report.ts';
import { contentTestResults, type ContentTestOptions } from './run-content-tests.ts';

const shop = `
kind: template
slug: last-order
name: Last order
subject: Hi {{defaultIfEmpty firstName "there"}}
preheader: "{{t 'pre'}}"
source: { $file: last-order.html }
channel: email
---
kind: block
slug: footer
name: Footer
source: <p>{{text}}</p>
params: [{ name: text }]
variants: [{ name: gold, when: { field: traits.tier, is: equals, value: gold }, source: "<p>gold {{text}}</p>" }]
---
kind: strings
slug: de
texts: { pre: Neues }
---
kind: content-settings
slug: default
defaultLocale: de
---
kind: feed
slug: news
name: News
url: https://example.com/
headers: { Authorization: { $env: NOT_SET_HERE } }
fallback: { items: [{ title: News }] }
---
kind: connection
slug: shop-db
connector: postgres
`;
const mails = `
kind: content-test
slug: mails
clock: 2025-03-01T09:00:00Z
people:
  ann: { firstName: Ann, tier: gold, orders: [{ id: '1', at: 2025-02-01, lines: [{ name: Mug }] }] }
  bob: { $file: bob.json }
  nobody: {}
`;
const html =
  '<h1>Hi {{firstName}}</h1>{{#each lastOrder.lines}}{{name}} {{/each}}[[#each news.items]][[title]][[/each]]{{> footer text="Bye"}}';

describe('millrace content test', () => {
  let work: string;
  const at = (...names: string[]): string => join(work, ...names);
  const test = async (options: ContentTestOptions = {}): Promise<MailResult[]> => {
    const results: MailResult[] = [];
    for await (const result of contentTestResults([work], options)) results.push(result);
    return results;
  };
  const states = async (options?: ContentTestOptions) => (await test(options)).map(({ state }) => state);

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'millrace-content-'));
    await mkdir(at('templates'));
    await writeFile(at('templates', 'shop.yaml'), shop);
    await writeFile(at('templates', 'last-order.html'), html);
    await writeFile(at('mails.yaml'), mails);
    await writeFile(at('bob.json'), '{ "firstName": "Bob" }');
  });

  afterAll(() => rm(work, { recursive: true, force: true }));

  it('fails until mails are stored, and then compares with them', async () => {
    expect(await states()).toEqual(['new', 'new', 'new']);
    expect(await states({ update: true })).toEqual(['stored', 'stored', 'stored']);
    expect(await readFile(at('mails.results', 'last-order', 'ann.txt'), 'utf8')).toBe(
      [
        'Subject: Hi Ann',
        'Preheader: Neues',
        'Content-Language: de',
        'Block footer: gold, because traits.tier is "gold"',
        '',
        'Hi Ann',
        '',
        'Mug News',
        '',
        'gold Bye',
        '',
      ].join('\n'),
    );
    expect(await readFile(at('mails.results', 'last-order', 'nobody.txt'), 'utf8')).toContain(
      'Missing firstName: nothing shows',
    );
    expect(await readFile(at('mails.results', 'last-order', 'bob.html'), 'utf8')).toContain(
      '<h1>Hi Bob</h1>News<p>Bye</p>',
    );
    expect(await states()).toEqual(['same', 'same', 'same']);
    expect(await states({ template: ['other'] })).toEqual([]);
  });

  it('tells what differs, and what is stored of nobody any more', async () => {
    await writeFile(at('templates', 'last-order.html'), html.replace('>Hi ', '>Hello '));
    await writeFile(at('mails.yaml'), mails.replace('  nobody: {}', ''));
    const { code, stdout } = await runCli(['content', 'test', work]);
    expect(code).toBe(1);
    expect(stdout).toContain('✗ differs last-order · ann');
    expect(stdout).toContain('-Hi Ann');
    expect(stdout).toContain('+Hello Ann');
    expect(stdout).toContain('2 different, 2 without a mail');
    expect(await states({ update: true })).toEqual(['stored', 'stored', 'removed', 'removed']);
  });

  it('tells the place of what is wrong with a template, and stores nothing of it', async () => {
    await writeFile(at('templates', 'last-order.html'), html.replace('> footer', '> foter'));
    const [ann] = await test({ update: true });
    expect(ann).toMatchObject({ state: 'failed', person: 'ann' });
    expect(ann?.message).toContain('There is no block "foter". Did you mean "footer"? (source 1:');
  });

  it('tells the place of what is wrong with the files', async () => {
    await writeFile(at('mails.yaml'), mails.replace('clock: 2025-03-01T09:00:00Z', 'clok: now'));
    await expect(test()).rejects.toThrow('mails.yaml:4:1 clok is no field here. Did you mean "clock"?');
  });
});
