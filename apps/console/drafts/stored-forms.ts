const prefix = 'millrace.draft.form.'; // so that whoever signs out hears of them, as of drafts of templates

/** Forms of this tab that are filled in and not saved yet: they survive a reload, and a look at another room. */
export const storedForms = {
  read<T>(place: string): T | undefined {
    const text = sessionStorage.getItem(prefix + place);
    return text === null ? undefined : (JSON.parse(text) as T);
  },
  /** @param form JSON, with a `draft` that may have a name */
  keep(place: string, form: string): void {
    try {
      sessionStorage.setItem(prefix + place, form);
    } catch {
      // the browser has no room for it: it lives in this page only
    }
  },
  forget: (place: string): void => sessionStorage.removeItem(prefix + place),
};
