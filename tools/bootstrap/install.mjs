import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './alone.mjs';
import { runToEnd } from './run-to-end.mjs';

/**
 * Installs the packages of package-lock.json unless they are there. Resolves with what to tell the person when that failed.
 * One command at a time: two npm that write into the same folder leave half of it.
 */
export async function install(root) {
  if (isInstalled(root)) return undefined;
  const lock = join(root, '.millrace', 'install.lock');
  return alone(
    lock,
    () => (isInstalled(root) ? undefined : runNpm()),
    (holder) =>
      console.log(`Process ${holder} is installing packages; waiting for it (if it is not: remove ${lock}) …`),
  );
}

/** `npm install` rather than `npm ci`: it keeps to the lock file too, but lets each platform add its own optional binaries. */
async function runNpm() {
  console.log('Installing packages (npm install) …');
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  try {
    const code = await runToEnd('npm', args);
    if (code === 0) return undefined;
    return `npm could not install the packages (exit code ${code}); its reason is above. Check the network and npm's registry settings.`;
  } catch (error) {
    return `npm could not be run (${error.message}). It is part of Node: check your installation and the PATH.`;
  }
}

/** npm itself writes down what it installed; hand-made changes of node_modules are not looked for. */
function isInstalled(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      !path.startsWith('node_modules/') || optional || link || installed[path]?.version === version,
  );
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined; // absent or half-written: install
  }
}
