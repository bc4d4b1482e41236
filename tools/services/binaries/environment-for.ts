import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '@millrace/sdk';

const run = promisify(execFile);

/** What a program needs in its environment. */
export type Environment = Record<string, string>;

/** By the name of a shared library: gets it from elsewhere, and says with which environment it is found. */
export type LibraryLenders = Record<string, () => Promise<Environment>>;

/** What to install for a library that a server may miss. */
const packages: Record<string, string> = {
  'libcurl.so.4': 'apt-get install libcurl4 (Fedora: dnf install libcurl)',
  'libssl.so.3': 'apt-get install libssl3 (it is part of Debian 12, Ubuntu 22.04, Fedora 36 and newer)',
  'libcrypto.so.3': 'apt-get install libssl3 (it is part of Debian 12, Ubuntu 22.04, Fedora 36 and newer)',
};

/**
 * The environment in which the binary runs: asking for its version also loads its shared libraries, and a missing one is
 * borrowed where a lender for it is known. Rejects with what to install.
 */
export async function environmentFor(path: string, lenders: LibraryLenders): Promise<Environment> {
  const stderr = await complaint(path, {});
  if (stderr === undefined) return {};
  const library = /error while loading shared libraries: (\S+):/.exec(stderr)?.[1];
  if (library === undefined) throw new Error(`${path} does not run: ${stderr}`);
  const needs = `${path} needs ${library}: ${packages[library] ?? `install the package that holds ${library}`}`;
  const lend = lenders[library];
  if (lend === undefined) throw new Error(needs);
  const environment = await lend().catch((error: unknown) => {
    throw new Error(`${needs}\nborrowing ${library} failed: ${messageOf(error)}`);
  });
  const second = await complaint(path, environment);
  if (second !== undefined) throw new Error(`${needs}\nit does not run with a borrowed ${library} either: ${second}`);
  return environment;
}

/** What the binary printed when it failed to tell its version; undefined when it did not fail. */
async function complaint(path: string, environment: Environment): Promise<string | undefined> {
  try {
    await run(path, ['--version'], { env: { ...process.env, ...environment } });
    return undefined;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    return stderr.trim() || messageOf(error);
  }
}
