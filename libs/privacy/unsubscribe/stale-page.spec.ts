import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Settings, Signer, Vault } from '#platform';
import type { Choices, NewChoice, Permission, Permissions, Purpose, Purposes } from '#profiles';
import { preferencePage } from './preference-page.ts';
import { Preferences } from './preferences.ts';
import { readAction } from './read-action.ts';
import { UnsubscribeLinks } from './unsubscribe-links.ts';

/** The page, in front of choices in memory. */
class Page {
  readonly #allowed = new Map<string, boolean>();
  readonly #links: UnsubscribeLinks;
  readonly #preferences: Preferences;
  readonly token: string;

  constructor(allowed: Record<string, boolean>) {
    this.set(allowed);
    const key = randomBytes(32).toString('base64');
    const [vault, signer] = [new Vault(key), new Signer(key)];
    this.#links = new UnsubscribeLinks(vault, signer, new Settings({}));
    const purposes = { all: async () => [...this.#allowed.keys()].map(purposeOf) } as unknown as Purposes;
    const permissionOf = (purpose: string) =>
      ({ channel: 'email', purpose, allowed: this.#allowed.get(purpose) ?? false }) as Permission;
    const permissions = {
      allOf: async () => ({ permissions: [...this.#allowed.keys()].map(permissionOf), bar: undefined }),
      mayContact: async (_: unknown, __: string, purpose: string) => permissionOf(purpose),
    } as unknown as Permissions;
    const choices = {
      readingsOf: async (identity: string) => [identity],
      recordFor: async (_: string, { purpose, state }: NewChoice) => this.set({ [purpose]: state === 'granted' }),
    } as unknown as Choices;
    this.#preferences = new Preferences(this.#links, purposes, permissions, choices, signer);
    const subject = { identity: 'email:ann@x.com', channel: 'email', purpose: 'marketing' };
    this.token = this.#links.make(subject).url.split('/u/')[1] ?? '';
  }

  get allowed(): Record<string, boolean> {
    return Object.fromEntries(this.#allowed);
  }

  set(allowed: Record<string, boolean>): void {
    for (const [purpose, isAllowed] of Object.entries(allowed)) this.#allowed.set(purpose, isAllowed);
  }

  /** The fields of its form, as a browser has them that has just opened it. */
  async open(): Promise<URLSearchParams> {
    const shown = preferencePage(await this.#preferences.show(this.token), 'en');
    const fields = new URLSearchParams({ action: 'choose' });
    for (const [input, name = '', value = ''] of shown.matchAll(/<input[^>]* name="(\w+)" value="(\w+)"[^>]*>/g))
      if (!input.includes('checkbox') || input.includes('checked')) fields.append(name, value);
    return fields;
  }

  async send(fields: URLSearchParams): Promise<void> {
    const body = Object.fromEntries([...new Set(fields.keys())].map((name) => [name, fields.getAll(name)]));
    const action = await readAction({ is: () => false, body } as unknown as Parameters<typeof readAction>[0]);
    await this.#preferences.act({ token: this.token, userAgent: '', wording: '' }, action);
  }
}

function purposeOf(name: string): Purpose {
  return { name, title: name, basis: 'consent' } as Purpose;
}

describe('a preference page that was open for a while', () => {
  it('denies nothing that it did not show, and takes nothing back that it was not asked to', async () => {
    const page = new Page({ marketing: true, news: false, offers: true });
    const fields = await page.open();
    page.set({ news: true, surveys: true }); // chosen elsewhere, and made since
    fields.delete('wanted', 'offers');
    await page.send(fields);
    expect(page.allowed).toEqual({ marketing: true, news: true, offers: false, surveys: true });
  });

  it('means all of them where the form does not say what was shown', async () => {
    const page = new Page({ marketing: true, news: false, offers: true });
    await page.send(new URLSearchParams({ action: 'choose', wanted: 'news' }));
    expect(page.allowed).toEqual({ marketing: false, news: true, offers: false });
  });
});
