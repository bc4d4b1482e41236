import { isSameDraft, type Draft } from './draft.ts';

const prefix = 'millrace.draft.';

/** A draft that differs from what is saved, and the revision that it was made from. */
export interface StoredDraft {
  revision: number;
  draft: Draft;
}

/** Drafts of this tab that are not saved yet: they survive a reload, a crash of the page, and a key that is refused. */
export const storedDrafts = {
  read(template: string): StoredDraft | undefined {
    const text = sessionStorage.getItem(prefix + template);
    return text === null ? undefined : (JSON.parse(text) as StoredDraft);
  },
  /** False when the browser has no room for it. */
  keep(template: string, stored: StoredDraft): boolean {
    try {
      sessionStorage.setItem(prefix + template, JSON.stringify(stored));
      return true;
    } catch {
      return false;
    }
  },
  /** Hears what was saved of it: what was written since is made from that. */
  noteSaved(template: string, revision: number, saved: Draft): void {
    const draft = storedDrafts.read(template)?.draft;
    if (!draft) return;
    if (isSameDraft(draft, saved)) storedDrafts.forget(template);
    else storedDrafts.keep(template, { revision, draft });
  },
  forget: (template: string): void => sessionStorage.removeItem(prefix + template),
  has: (template: string): boolean => sessionStorage.getItem(prefix + template) !== null,
  /** Names of the templates, and of what else, that have one. */
  names: (): string[] =>
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => storedDrafts.read(key.slice(prefix.length))?.draft.name || 'something without a name'),
  forgetAll(): void {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  },
};
