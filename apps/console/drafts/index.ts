/** What somebody edits and has not saved yet. */
export { draftOf, isSameDraft, draftFields, askedOf, lintFields, type Draft } from './draft.ts';
export { storedDrafts } from './stored-drafts.ts';
export { useDraft, type EditedDraft } from './use-draft.ts';
