/** Of what npm's commands are made of, for programs that call them. The other files here run before TypeScript can be loaded. */
export { runToEnd } from './run-to-end.mjs';
