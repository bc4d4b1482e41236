import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { pluginFiles, type PluginFiles } from '../testing/plugin-files.ts';
import { findPlugins } from './find-plugins.ts';

describe('findPlugins', () => {
  let files: PluginFiles;
  const at = (path: string) => join(files.root, path);

  beforeAll(async () => {
    files = await pluginFiles();
    for (const path of [
      'many/b/index.ts',
      'many/a/index.mjs',
      'many/a/index.js',
      'many/.hidden/index.ts',
      'many/notes/readme.md',
    ]) {
      await files.write(path, '');
    }
    await files.write(
      'node_modules/by-exports/package.json',
      '{"exports":{".":{"types":"./t.d.ts","import":"./lib/main.mjs","require":"./no.cjs"}}}',
    );
    await files.write('node_modules/by-exports/lib/main.mjs', '');
    await files.write('node_modules/@acme/by-main/package.json', '{"main":"lib"}');
    await files.write('node_modules/@acme/by-main/lib/index.js', '');
    await files.write('node_modules/bare/index.js', '');
    await files.write('node_modules/broken/package.json', '{');
    await files.write('deep/er/keep', '');
    await files.write('empty/keep', '');
  });
  afterAll(() => files.remove());

  it('finds each plugin of a folder, by name, and says which id it must have', async () => {
    expect(await findPlugins([at('many')])).toEqual([
      { file: at('many/a/index.js'), origin: at('many/a'), expectedId: 'a' },
      { file: at('many/b/index.ts'), origin: at('many/b'), expectedId: 'b' },
    ]);
  });

  it('takes a single plugin’s folder, relative to where it is, under any name', async () => {
    expect(await findPlugins(['many/b'], files.root)).toEqual([{ file: at('many/b/index.ts'), origin: at('many/b') }]);
  });

  it('finds a plugin once, however often it is named', async () => {
    expect(await findPlugins([at('many'), at('many/a'), at('many')])).toHaveLength(2);
  });

  it('finds packages as an import would, also from a folder below', async () => {
    const found = await findPlugins(['by-exports', '@acme/by-main', 'bare'], at('deep/er'));
    expect(found).toEqual([
      { file: at('node_modules/by-exports/lib/main.mjs'), origin: 'by-exports' },
      { file: at('node_modules/@acme/by-main/lib/index.js'), origin: '@acme/by-main' },
      { file: at('node_modules/bare/index.js'), origin: 'bare' },
    ]);
  });

  it.each(['nowhere', './nowhere', '../../etc/passwd', 'empty'])('refuses %s, which holds no plugin', async (path) => {
    await expect(findPlugins([path], files.root)).rejects.toMatchObject({
      code: 'invalid_settings',
      message: expect.stringContaining('MILLRACE_PLUGINS'),
    });
  });

  it('names the package file that is broken', async () => {
    await expect(findPlugins(['broken'], files.root)).rejects.toMatchObject({
      code: 'invalid_connector',
      message: expect.stringContaining(at('node_modules/broken/package.json')),
    });
  });
});
