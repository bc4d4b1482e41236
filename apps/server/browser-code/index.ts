/** Building code for browsers, on demand. */
export { consoleCode, snippetCode, type BrowserCode } from './browser-code.ts';
export { buildFolders, builtFolder } from './builds.ts';
