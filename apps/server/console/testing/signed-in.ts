import type { Browser, Page } from 'playwright-core';
import { newVisitor } from '#tools/browser';
import type { TestServer } from '../../testing/test-server.ts';

interface Visit {
  role: string;
  /** Of the key (default: `A viewer` for a viewer). */
  name?: string;
  /** Where they come in: `syncs` (default: the start). */
  at?: string;
}

/** The page of somebody with a key of their own, in a browser of their own, who is in: whoever reads it anew before that has to sign in again. */
export async function signedIn(
  server: TestServer,
  browser: Browser,
  { role, name = `A ${role}`, at = '' }: Visit,
): Promise<Page> {
  const { data } = await server.http.post<{ key: string }>('/api/keys', { name, role });
  const page = await (await newVisitor(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${server.url}/${at}`);
  await page.getByLabel('API key').fill(data.key);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  return page;
}
