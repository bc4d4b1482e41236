import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Preview } from '../preview/index.ts';
import { startContentApp, type ContentApp } from '../testing/content-app.ts';
import type { PreflightDto } from './preflight.dto.ts';

let content: ContentApp;
const people = ['ann', 'bob', 'cid', 'dan'];

beforeAll(async () => {
  content = await startContentApp('https://news.example.com');
  const names = { ann: 'Ann', bob: ' ', cid: 'Cid' };
  for (const one of people) {
    const firstName = names[one as keyof typeof names] as string | undefined;
    await content.load('profile', {
      identities: { email: `${one}@x.com` },
      traits: { ...(firstName && { firstName }) },
    });
  }
});
afterAll(() => content.close());

async function warned(mail: object): Promise<number> {
  let greeted = 0;
  for (const one of people) {
    const { data } = await content.http.post<Preview>('/api/preview', { ...mail, identity: `${one}@x.com` });
    if (data.warnings.some(({ code }) => code === 'blank_greeting')) greeted += 1;
  }
  return greeted;
}

async function counted(mail: object): Promise<PreflightDto> {
  const { data } = await content.http.post<PreflightDto>('/api/preflights', mail);
  await content.http.get(`/api/preflights/${data.id}/progress`); // ends when it does
  return (await content.http.get<PreflightDto>(`/api/preflights/${data.id}`)).data;
}

it.each([
  ['<p>Hi {{firstName}},</p>', 2, 1],
  ['<p>Hi&nbsp;{{nick}},</p>', 4, 4],
  ['<h1>News</h1><p>Hi\n  <b>{{nick}}</b>,</p>', 4, 4],
  ['<p>Hi {{defaultIfEmpty firstName " "}},</p>', 2, 0],
  ['<p>Hi {{defaultIfEmpty firstName "you"}}, {{nick}}</p>', 1, 4],
])('a preflight counts the greetings that previews warn of in %j: %i', async (source, greeted, blanks) => {
  const mail = { subject: 'S', source };
  expect(await warned(mail)).toBe(greeted);
  const { warnings, counts } = await counted(mail);
  expect(warnings).toEqual([{ code: 'blank_greeting', people: greeted }]);
  expect(counts.blanks).toBe(blanks);
});
