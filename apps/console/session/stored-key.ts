const name = 'millrace.key';

/** The key lives as long as the tab: it is in no other tab, and gone with this one. */
export const storedKey = {
  read: (): string | null => sessionStorage.getItem(name),
  keep: (key: string): void => sessionStorage.setItem(name, key),
  forget: (): void => sessionStorage.removeItem(name),
};
