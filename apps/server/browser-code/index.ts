/** Building code for browsers, on demand. */
export { browserCode, type BrowserCode } from './browser-code.ts';
export { buildFolders, builtFolder } from './builds.ts';
