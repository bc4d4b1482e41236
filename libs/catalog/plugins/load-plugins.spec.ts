import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { pluginFiles, pluginText, type PluginFiles } from '../testing/plugin-files.ts';
import { loadPlugins } from './load-plugins.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');

describe('loadPlugins', () => {
  let files: PluginFiles;
  const at = (path: string) => join(files.root, path);

  beforeAll(async () => {
    files = await pluginFiles();
    await files.write('good/one/index.mjs', pluginText('one'));
    await files.write('good/two/index.mjs', `${pluginText('two')} export class module {}`);
    await files.write('other/index.mjs', pluginText('one'));
    await files.write('misnamed/folder/index.mjs', pluginText('id'));
    await files.write('old/index.mjs', pluginText('old', "contract: '^7.0.0',"));
    await files.write('empty/index.mjs', 'export const nothing = 1;');
    await files.write('throws/index.mjs', "throw new Error('no licence');");
    await files.write('odd/index.mjs', `${pluginText('odd')} export const module = 17;`);
  });
  afterAll(() => files.remove());

  it('loads every plugin with its module', async () => {
    const plugins = await loadPlugins([at('good')]);
    expect(plugins.map(({ connector, origin, module }) => [connector.id, origin, module?.name])).toEqual([
      ['one', at('good/one/index.mjs'), undefined],
      ['two', at('good/two/index.mjs'), 'module'],
    ]);
  });

  it.each([
    ['duplicate_connector', ['good', 'other'], ['good/one/index.mjs', 'other/index.mjs']],
    ['invalid_connector', ['misnamed'], ['misnamed/folder/index.mjs', '"id"', '"folder"']],
    ['incompatible_connector', ['old'], ['old/index.mjs', '^7.0.0', '0.1.0']],
    ['invalid_connector', ['empty'], ['empty/index.mjs', 'no default export']],
    ['invalid_connector', ['throws'], ['throws/index.mjs', 'no licence']],
    ['invalid_connector', ['odd'], ['odd/index.mjs', '`module`']],
  ])('refuses with %s and names the file: %p', async (code, paths, words) => {
    const error: unknown = await loadPlugins(paths.map(at)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    for (const word of words) expect(String(error)).toContain(word.includes('/') ? at(word) : word);
  });

  it('compiles a TypeScript plugin that lives outside the repository and imports the SDK', async () => {
    await files.write(
      'outside/index.ts',
      `import { defineConnector, Field } from '@millrace/sdk';
       import { IsString } from 'class-validator';
       class OutsideConfig { @Field({ title: 'Key', secret: true }) @IsString() key!: string; }
       export default defineConnector({ id: 'outside', title: 'Outside', version: '1.0.0', config: OutsideConfig,
         check: async () => undefined, source: { streams: { rows: { async *read() { yield { records: [] }; } } } } });`,
    );
    const script = `
      const { loadPlugins } = await import('${resolve(import.meta.dirname, 'load-plugins.ts')}');
      const { configSpec } = await import('@millrace/sdk');
      const [plugin] = await loadPlugins(['outside']);
      console.log(JSON.stringify([plugin.connector.id, configSpec(plugin.connector.config).secrets]));`;
    const register = join(root, 'tools', 'typescript', 'register.mjs');
    const args = [
      '--import',
      register,
      '--input-type=module',
      '--eval',
      script.replaceAll('@millrace/sdk', join(root, 'libs/sdk/index.ts')),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: files.root });
    expect(JSON.parse(stdout)).toEqual(['outside', ['key']]);
  });
});
