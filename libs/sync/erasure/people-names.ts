/** Reads whom records name, as the profile store would read it now. */
export interface NameReader {
  /** The identities (`<kind>:<value>`) that the `identities` of a mapped row name; what cannot be read names nobody. `connection`: whose ids `$source` are. */
  named(identities: unknown, connection: string): string[];
  /** Identities in a source's record that are recognised without a mapping, such as telephone numbers without their country code. */
  recognised(record: unknown): string[];
}

/** What the engine has to know of people, and only the profile store knows. */
export interface PeopleNames {
  /** The connection that is the profile store: syncs to it say whom the rows of a stream name. */
  store: string;
  reader(): Promise<NameReader>;
}

/** Nest token of `PeopleNames`. The server binds it. */
export const PEOPLE_NAMES = Symbol('PEOPLE_NAMES');
