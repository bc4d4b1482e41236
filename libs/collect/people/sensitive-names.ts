/** Names of the traits that are sensitive at the moment. Asked for with every page. */
export type SensitiveNames = () => Promise<readonly string[]>;

/** Nest token of `SensitiveNames`. The server binds it; without it no trait is sensitive. */
export const SENSITIVE_NAMES = Symbol('SENSITIVE_NAMES');
