import type { JsonSchema } from '@millrace/sdk';
import type { ApiClient } from '../../api/api-client.ts';
import type { Fields } from '../documents/document.ts';

/** A resource as its list shows it. */
export type View = Fields & { id: string; slug?: string; name?: string; builtIn?: boolean };

/** What a connector says about configurations: where their secrets are, and which names there are. */
export type ConnectorSchemas = Map<string, JsonSchema>;

/** A kind of resource that configurations may hold. What is not said here comes from the server's own description. */
export interface Kind {
  /** As documents name it. */
  name: string;
  /** Where `export` puts its documents. */
  folder: string;
  /** The path of its list; `<path>/<slug>` takes PUT. */
  path: string;
  /** There is one of it, with this slug, and its path takes GET and PUT. */
  single?: string;
  /** The field whose value stands in paths instead of the slug: what the server names by words. */
  named?: string;
  /** The role that changing it takes. */
  role: 'marketer' | 'operator' | 'admin';
  /** Its `labels` are words of its own, and may hold who manages it; absent: it has none, or they mean something else. */
  labelled?: boolean;
  /** Dotted fields that name another resource by its slug, or several in a list or as names of fields, and the kind of those. */
  refersTo?: Record<string, string>;
  /** Those of them that the server wants as an id. */
  sentAsId?: string[];
  /** Those of them that go on naming what is removed, by its id: that is the server's own, so it stays there and is in no document. */
  outlived?: string[];
  /** Slugs of what the server makes along with others: it may be there by the time it is put. */
  comesAlong?: string[];
  /** The server shows it as built in until somebody sets it: for people it is made then. */
  startsUnset?: boolean;
  /** Fields that stay on the server as they are when a document leaves them out. */
  leftAlone?: string[];
  /** Fields whose changes are counted apart, and the field in its list that counts them: what PUT takes as their `edition`, and is in no document. */
  countedApart?: Record<string, string>;
  /** What an absent field means; not written out. */
  defaults?: Fields;
  /** Fields that `export` puts into files of their own, and their extension. */
  ownFiles?: Record<string, string>;
  /** Fields that PUT does not take, but `read` and `finish` know. */
  ownFields?: Record<string, JsonSchema>;
  /** Another way to write the same, turned into the one that the server gives. */
  normalised?(fields: Fields): Fields;
  /** The shortest way to write what the server gives. */
  shortened?(fields: Fields): Fields;
  /** What only further requests tell. */
  read?(api: ApiClient, view: View): Promise<Fields>;
  /** What its list gives, where that is named in another way. */
  identified?: (view: Fields) => View;
  /** Others that must be there first, beyond `refersTo`: only their order matters, the server judges the rest. */
  after?(fields: Fields): { kind: string; slug: string }[];
  /** How a resource without a slug gets one; default: PATCH. */
  giveSlug?(api: ApiClient, resource: { id: string; slug: string; fields: Fields }): Promise<void>;
  /** What remains to be done after PUT, which gave `put`. */
  finish?(api: ApiClient, slug: string, fields: Fields, put: Fields): Promise<void>;
  /**
   * Dotted fields that name a connection which PUT asks about the rest: a rehearsal takes `offline=true` where that is yet to come. `growing`: of one that
   * is built in, too, what else is applied may be part.
   */
  asks?: Record<string, 'growing' | 'fixed'>;
  /** What its rehearsal is told of as `coming`: of each of another kind that the same plan makes or changes, what that one's rehearsal gives as a field. */
  awaits?: { kind: string; field: string };
  /** Where the server tells what it would refuse of several that need each other, and how they are listed there. */
  together?: { path: string; as: string };
  /** Dotted paths of secrets. */
  secrets?(fields: Fields, connectors: ConnectorSchemas): string[];
  /** A field that is all secrets, by name. Left out, it stays; given, there are exactly these, so what stays as it is is sent as null. */
  sealed?: string;
  /** Those that the server has. */
  secretsSet?(view: View): string[];
  /** What is known beyond PUT's description of the body. */
  refined?(body: JsonSchema, fields: Fields, connectors: ConnectorSchemas): JsonSchema;
}

/** Where one of it is read and put. */
export function pathOf({ path, single, named }: Kind, slug: string, fields: Fields): string {
  if (single !== undefined) return path;
  const name = named === undefined ? slug : fields[named];
  return `${path}/${encodeURIComponent(typeof name === 'string' ? name : slug)}`;
}
