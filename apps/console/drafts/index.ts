/** What somebody edits and has not saved yet. */
export { draftOf, isSameDraft, draftFields, askedOf, lintFields, type Draft } from './draft.ts';
export { storedDrafts } from './stored-drafts.ts';
export { savedText } from './saved-text.ts';
export { useGuardWhile } from './use-guard-while.ts';
export { useDraft, type EditedDraft } from './use-draft.ts';
export { useFilledForm, type FilledForm } from './use-filled-form.ts';
