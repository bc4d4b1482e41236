/** Where templates are written: HTML and Handlebars, marks at their places, completion of tokens. */
export { CodeEditor, type EditorHandle } from './code-editor.tsx';
export { handlebars } from './handlebars.ts';
export { type KnownToken } from './known-token.ts';
export { type Mark } from './marks.ts';
export { nonce } from './nonce.ts';
export { theme } from './theme.ts';
export { useKnownTokens } from './use-known-tokens.ts';
