import { describe, expect, it } from '@jest/globals';
import type { Template } from '../api/index.ts';
import { draftOf, isSameDraft, putBody } from './draft.ts';

const template: Template & { replyTo: string } = {
  id: 'tpl_1',
  slug: 'news',
  name: 'News',
  subject: 'Hi',
  source: '<p></p>',
  text: 'Hi',
  channel: 'email',
  purpose: 'marketing',
  revision: 3,
  published: null,
  tokens: [],
  warnings: [],
  createdAt: '2025-03-01T09:00:00.000Z',
  updatedAt: '2025-03-01T09:00:00.000Z',
  replyTo: 'shop@example.com',
};

describe('putBody', () => {
  it('keeps what the Studio does not know, and sends nothing back that is only told', () => {
    expect(putBody(template, { ...draftOf(template), subject: 'Hello' })).toEqual({
      slug: 'news',
      name: 'News',
      subject: 'Hello',
      source: '<p></p>',
      text: 'Hi',
      channel: 'email',
      purpose: 'marketing',
      replyTo: 'shop@example.com',
    });
  });

  it('leaves the limits to whoever sets them meanwhile', () => {
    const limits = { errors: 0, blanks: 0, fallbacks: 1, oversize: 0, minimumPeople: 1, maximumAgeHours: 24 };
    const limited = { ...template, preflight: limits };
    expect(putBody(limited, draftOf(limited))).not.toHaveProperty('preflight');
  });

  it('sends no empty preheader or text', () => {
    const sent = JSON.parse(JSON.stringify(putBody(template, { ...draftOf(template), text: '' }))) as object;
    expect(sent).not.toHaveProperty('text');
    expect(sent).not.toHaveProperty('preheader');
  });
});

it('is the same where the usual channel and purpose are left out', () => {
  const draft = draftOf(template);
  expect(isSameDraft({ ...draft, purpose: '' }, draft)).toBe(true);
  expect(isSameDraft({ ...draft, preheader: 'x' }, draft)).toBe(false);
});
