import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { glob } from 'tinyglobby';
import { mailExtensions, type MailFiles } from './mail-files.ts';

/** The mails that a test expects: `<folder>/<template>/<person>.html` and `.txt`. */
export class StoredMails {
  constructor(private readonly folder: string) {}

  pathOf(template: string, person: string, extension: keyof MailFiles): string {
    return join(this.folder, template, `${person}.${extension}`);
  }

  /** Undefined: not stored yet. Line ends are those of the mail, whatever git made of them. */
  async read(template: string, person: string): Promise<MailFiles | undefined> {
    const [html, txt] = await Promise.all(
      mailExtensions.map((extension) => this.#text(this.pathOf(template, person, extension))),
    );
    return html === undefined || txt === undefined ? undefined : { html, txt };
  }

  async write(template: string, person: string, files: MailFiles): Promise<void> {
    for (const extension of mailExtensions) {
      const path = this.pathOf(template, person, extension);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, files[extension]);
    }
  }

  /** What is stored of mails that no template and person give any more. */
  async stale(expected: ReadonlySet<string>): Promise<string[]> {
    const found = await glob('*/*.{html,txt}', { cwd: this.folder });
    return found
      .map((name) => join(this.folder, name))
      .filter((path) => !expected.has(path))
      .sort();
  }

  async remove(paths: string[]): Promise<void> {
    for (const path of paths) await rm(path);
  }

  async #text(path: string): Promise<string | undefined> {
    try {
      return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
