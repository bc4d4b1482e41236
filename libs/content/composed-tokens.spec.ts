import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Preview } from './index.ts';
import type { LintDto } from './lint/http/lint.dto.ts';
import { startContentApp, type ContentApp } from './testing/content-app.ts';

const composed = 'prénom';
const decomposed = composed.normalize('NFD');
const identity = 'ann@x.com';

/** An editor on macOS writes `é` in two characters; traits are kept with one. */
describe('a token whose letters are composed otherwise than its trait', () => {
  let content: ContentApp;

  beforeAll(async () => {
    content = await startContentApp('http://localhost:8080');
    const traits = { [composed]: 'Ann', enfants: [{ [decomposed]: 'Zoé' }] };
    await content.load('profile', { identities: { email: identity }, traits });
  });
  afterAll(() => content.close());

  const preview = async (source: string, more: object = { identity }): Promise<Preview> =>
    (await content.http.post<Preview>('/api/preview', { subject: 'S', source, ...more })).data;

  it('shows the trait, and where it came from', async () => {
    const { subject, tokens } = await preview('x', {
      identity,
      subject: `{{profile.traits.${decomposed}}} {{${decomposed}}}`,
    });
    expect(subject).toBe('Ann Ann');
    const [token] = tokens;
    const origin = { kind: 'trait', connection: 'con_shop' };
    expect(token).toMatchObject({ path: `profile.traits.${composed}`, missing: false, value: 'Ann', origin });
  });

  it('shows what is within lists, by names of the template’s own, too', async () => {
    const source = `{{#each enfants as |${decomposed}|}}{{${composed}.${composed}}}{{/each}}{{#each enfants}}{{${decomposed}}}{{/each}}`;
    expect((await preview('x', { identity, subject: source })).subject).toBe('ZoéZoé');
  });

  it('is looked up by its name, be that written in the template or a value of somebody’s', async () => {
    const within = `{{lookup profile.traits "${decomposed}"}} {{upper (lookup profile.traits "${decomposed}")}}`;
    const block = `{{#lookup profile.traits "${decomposed}" as |found|}}{{found}}{{/lookup}}`;
    const { subject, tokens } = await preview('x', { identity, subject: `${within} ${block}` });
    expect(subject).toBe('Ann ANN Ann');
    expect(tokens.filter(({ missing }) => missing)).toEqual([]);
    const changes = { field: decomposed };
    const named = `{{lookup profile.traits field}} {{#lookup profile.traits field as |found|}}{{found}}{{/lookup}}`;
    expect((await preview('x', { identity, changes, subject: named })).subject).toBe('Ann Ann');
  });

  it('shows what a preview puts in its place, and made-up people', async () => {
    const subject = `{{${composed}}}`;
    const changed = await preview('x', { identity, subject, changes: { [decomposed]: 'Eve' } });
    expect(changed).toMatchObject({ subject: 'Eve', tokens: [{ origin: { kind: 'change' } }] });
    expect(await preview('x', { subject, sample: { [decomposed]: 'Bob' } })).toMatchObject({ subject: 'Bob' });
    const event = { name: 'Seen', properties: { [decomposed]: 'Cid' } };
    const seen = await preview('x', { identity, event, subject: `{{events.[0].properties.${decomposed}}}` });
    expect(seen.subject).toBe('Cid');
  });

  it('is known to the linter, as it is written', async () => {
    const body = { subject: 'S', preheader: 'P', source: `<p>{{${decomposed}}} {{pr\u00e8nom}}</p>` };
    const { data } = await content.http.post<LintDto>('/api/lint', body);
    const unknown = data.findings.filter(({ rule }) => rule === 'unknown-token');
    expect(unknown.map(({ column }) => column)).toEqual([5 + `{{${decomposed}}} `.length + 1]);
  });
});
