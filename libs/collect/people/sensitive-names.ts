/** How the traits are called here that are sensitive at the moment; `all`: any may be. Asked for with every page. */
export type SensitiveNames = () => Promise<readonly string[] | 'all'>;

/** Nest token of `SensitiveNames`. The server binds it; without it no trait is sensitive. */
export const SENSITIVE_NAMES = Symbol('SENSITIVE_NAMES');
