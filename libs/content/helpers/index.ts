/** The helpers that templates may call. Pure; loads nothing but Handlebars. */
export { insertFallback } from './logic.ts';
export { helperReference, type HelperReference } from './reference.ts';
export { registerHelpers, type HelperNote, type RenderFrame, type TakeNote } from './register.ts';
export { helpers, knownHelpers, ownHelpers } from './table.ts';
export { isEmpty, textOf } from './values.ts';
