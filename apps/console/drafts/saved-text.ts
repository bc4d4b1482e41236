/** Tells that something is saved; what was changed while it was being saved is not. */
export const savedText = (what: string, isAll: boolean): string =>
  `The ${what} is saved${isAll ? '' : ', but for what was changed meanwhile'}.`;
