import type { Command } from 'commander';
import colors from 'picocolors';
import { overRest } from '../../commands/session.ts';

export function addExport(root: Command): void {
  const command = root
    .command('export [folder]')
    .description('the server’s configuration as YAML, secrets by reference: into a folder, or to standard output')
    .option('--set-slugs', 'give a slug to what has none, on the server');
  overRest(command, async ({ api, print }, folder: string | undefined, { setSlugs }: { setSlugs?: boolean }) => {
    const { readServer } = await import('../server/server-state.ts');
    const { exportDocuments } = await import('./export-documents.ts');
    const { isLeftOut, leftOutLines } = await import('./left-out.ts');
    const { yamlText } = await import('./yaml-text.ts');
    const { readFolder, writeFolder } = await import('./write-folder.ts');
    const present = folder ? await readFolder(folder) : [];
    const state = await readServer(api);
    for (const line of leftOutLines(state)) console.error(colors.yellow(line));
    const exported = exportDocuments(state, present);
    const unnamed = exported.filter(({ resource }) => resource.derived).map(({ resource }) => resource);
    for (const { kind, ...resource } of setSlugs ? unnamed : []) {
      if (kind.giveSlug) await kind.giveSlug(api, resource);
      else await api.patch(`${kind.path}/${encodeURIComponent(resource.id)}`, { slug: resource.slug });
    }
    const documents = exported.map(({ document }) => document);
    if (!folder) print(documents, () => process.stdout.write(documents.map(yamlText).join('---\n')));
    else {
      const { changed, stale } = await writeFolder(folder, exported, present);
      print({ changed, documents }, () => {
        for (const file of changed) console.log(`${colors.green('wrote')} ${file}`);
        console.log(`${documents.length} resources; ${changed.length} files changed.`);
      });
      for (const { kind, slug, file } of stale.filter((one) => !isLeftOut(one, state)))
        console.error(colors.yellow(`${file}: the server has no ${kind} ${slug}. Remove the file, or apply it.`));
    }
    if (setSlugs || unnamed.length === 0) return;
    const names = unnamed.map(({ kind, name, slug }) => `${kind.name} "${name}" as ${slug}`).join(', ');
    console.error(
      colors.yellow(
        `The server knows no slug of ${names}. Applying cannot change them until it does: export with --set-slugs, which sets these slugs on the server.`,
      ),
    );
  });
}
