import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { MillraceError, messageOf } from '@millrace/sdk';
import { Log } from '#platform';
import { buildFolders, builtFolder, snippetCode as code } from '../browser-code/index.ts';

/** Milliseconds after which a build that failed is tried again, when somebody asks. */
const rest = 30_000;

export interface SnippetFile {
  script: Buffer;
  gzipped: Buffer;
  /** In its versioned name: shortened hash of the script. */
  version: string;
  /** https://www.w3.org/TR/SRI/ */
  integrity: string;
}

interface Built {
  current: SnippetFile;
  byVersion: ReadonlyMap<string, SnippetFile>;
}

/** The script for web pages: looked for, or built, when it is wanted for the first time. */
@Injectable()
export class SnippetBuild implements OnApplicationShutdown {
  #built: Promise<Built> | undefined;
  #failedAt = 0;
  readonly #stopped = new AbortController();

  constructor(private readonly log: Log) {}

  /** Starts what is needed to have it. */
  want(): void {
    this.#ready().catch(() => undefined); // told in the log already
  }

  /** Today's. Throws `service_unavailable` where it cannot be built. */
  async current(): Promise<SnippetFile> {
    return (await this.#ready()).current;
  }

  /** One that pages name by its version, as far as builds are kept. Throws `not_found`, and as `current` does. */
  async version(version: string): Promise<SnippetFile> {
    const found = (await this.#ready()).byVersion.get(version);
    if (found) return found;
    throw new MillraceError(
      'not_found',
      'There is no such version of the script. GET /api/snippet tells the present one.',
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped.abort();
    await this.#built?.catch(() => undefined); // told in the log already
  }

  #ready(): Promise<Built> {
    if (this.#failedAt > 0 && Date.now() - this.#failedAt > rest) {
      this.#failedAt = 0;
      this.#built = undefined;
    }
    return (this.#built ??= this.#build());
  }

  async #build(): Promise<Built> {
    try {
      const folder = await builtFolder(code, this.#stopped.signal);
      const current = await fileIn(folder);
      const all = await Promise.all((await buildFolders(code)).map(fileIn));
      return { current, byVersion: new Map([...all, current].map((file) => [file.version, file])) };
    } catch (error) {
      this.#failedAt = Date.now();
      if (!this.#stopped.signal.aborted)
        this.log.error(
          { error },
          'The script for web pages could not be built; what is collected otherwise is not concerned',
        );
      throw new MillraceError('service_unavailable', `The script could not be built: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }
}

async function fileIn(folder: string): Promise<SnippetFile> {
  const script = await readFile(join(folder, code.entry));
  const digest = createHash('sha384').update(script).digest();
  return {
    script,
    gzipped: gzipSync(script, { level: 9 }),
    version: digest.toString('hex').slice(0, 16),
    integrity: `sha384-${digest.toString('base64')}`,
  };
}
