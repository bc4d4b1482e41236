import type { Fields } from '../documents/document.ts';
import type { Kind } from '../kinds/index.ts';

/** A resource that the server has, in the words of documents: others are named by slug, server's state is left out. */
export interface Resource {
  kind: Kind;
  id: string;
  slug: string;
  /** The server knows no slug of it; this one was made of its name. */
  derived: boolean;
  name: string;
  /** Part of Millrace: it can be referred to, and is in no document. */
  builtIn: boolean;
  revision: unknown;
  /** What counts its changes. */
  edition: unknown;
  /** What counts the changes of fields that are counted apart. */
  editions: Fields;
  fields: Fields;
  /** What its fields say beyond that of others that are removed, by their ids. */
  outlived: Fields;
  secretsSet: string[];
  /** Labels that say who made it. */
  ownerLabels: string[];
}
