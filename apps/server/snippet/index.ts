/** The script for web pages, and its place in the server. */
export { SnippetBuild } from './snippet-build.ts';
export { SnippetModule } from './snippet.module.ts';
