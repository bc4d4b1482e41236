import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@millrace/sdk';
import { readFile } from '../source/read-file.ts';
import type { Reading } from '../source/reading.ts';
import { fileContext } from './context.ts';

/** A folder of its own for one spec. */
export async function scratch(): Promise<{
  root: string;
  write(name: string, content: string | Buffer): Promise<void>;
  remove(): Promise<void>;
}> {
  const root = await mkdtemp(join(tmpdir(), 'millrace-file-'));
  return {
    root,
    write: (name, content) => writeFile(join(root, name), content),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

export async function pagesOf(
  root: string,
  name: string,
  config: Record<string, unknown> = {},
  reading: Reading = {},
): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of readFile(fileContext(root, { path: name, ...config }), name, reading)) pages.push(page);
  return pages;
}

/** All pages as one. */
export function joined(pages: Page[]): Required<Pick<Page, 'records' | 'positions' | 'rejects'>> {
  return {
    records: pages.flatMap((page) => page.records),
    positions: pages.flatMap((page) => page.positions ?? []),
    rejects: pages.flatMap((page) => page.rejects ?? []),
  };
}
