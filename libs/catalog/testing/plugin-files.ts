import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface PluginFiles {
  root: string;
  write(path: string, text: string): Promise<string>;
  remove(): Promise<void>;
}

/** A folder to put plugins into. */
export async function pluginFiles(): Promise<PluginFiles> {
  const root = await mkdtemp(join(tmpdir(), 'millrace-plugins-'));
  return {
    root,
    async write(path, text) {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** The text of a plugin in plain JavaScript. */
export function pluginText(id: string, more = ''): string {
  return `export default {
    id: '${id}', title: 'The ${id}', version: '1.2.3', config: { type: 'object', properties: { host: { type: 'string' } } },
    check: async () => {}, source: { streams: { rows: { key: 'id', async *read() { yield { records: [] }; } } } }, ${more}
  };`;
}
