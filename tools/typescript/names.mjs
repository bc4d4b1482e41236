const root = new URL('../../', import.meta.url).href;

/** Where a plugin that lives outside this repository finds what Millrace gives every plugin, when it has no copy of its own. */
export const anchor = new URL('package.json', root).href;

const isOurs = (url) => url?.startsWith(root) && !url.includes('/node_modules/');
const isOwnFile = (specifier) => /^\.{1,2}\/.*\.ts$/.test(specifier);
const isBare = (specifier) => !/^(\.{0,2}\/|#|node:|file:|data:)/.test(specifier);

/** Our own files are named as they are called: there is nothing to look for. Undefined: it is not one. */
export function urlOfOwnFile(specifier, parentURL) {
  return isOwnFile(specifier) ? new URL(specifier, parentURL).href : undefined;
}

/** What names of packages and libs stand for in our own files is found once: thousands of these name the same few hundred. */
export const isLasting = (specifier, parentURL) => isOurs(parentURL) && !specifier.startsWith('.');

export const isPluginsNeed = (error, specifier) => error.code === 'ERR_MODULE_NOT_FOUND' && isBare(specifier);
