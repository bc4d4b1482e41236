/** Tells the id of the connection that has a slug: what is stored of people names ids only. */
export type ConnectionIds = (slug: string) => Promise<string | undefined>;

export const CONNECTION_IDS = Symbol('CONNECTION_IDS');
