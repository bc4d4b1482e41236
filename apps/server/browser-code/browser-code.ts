import { join } from 'node:path';
import { repository } from './paths.ts';

/** Code of ours that browsers run, and what it is built to. */
export interface BrowserCode {
  /** What it is called in messages. */
  name: string;
  /** Its sources, with a configuration of Vite. */
  sources: string;
  /**
   * Builds by the hash of what they were made of. They belong to this copy of the code, as `node_modules` does, and not to the data.
   */
  builds: string;
  /** The file without which there is no build. */
  entry: string;
  /** Builds that stay: others may still be served, by a server that was started with them or to pages that name them. */
  kept: number;
}

export const consoleCode = browserCode('console', 'index.html', 4);
export const snippetCode = browserCode('snippet', 'millrace.js', 20);

/** The code of `apps/<name>`. */
function browserCode(name: string, entry: string, kept: number): BrowserCode {
  const [sources, builds] = [join(repository, 'apps', name), join(repository, '.millrace', name)];
  return { name, sources, builds, entry, kept };
}
