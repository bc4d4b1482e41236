/** The helpers that templates may call. Pure; loads nothing but Handlebars. */
export { insertFallback } from './insert.ts';
export { messageFault } from './message-fault.ts';
export { helperReference, type HelperReference } from './reference.ts';
export { registerHelpers, type HelperNote, type HelperSecrets, type RenderFrame, type TakeNote } from './register.ts';
export { helpers, knownHelpers, ownHelpers } from './table.ts';
export { entryOf, fieldOf, isEmpty, textOf } from './values.ts';
