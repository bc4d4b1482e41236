import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Catalog, type CatalogEntry } from '#catalog';
import { againIfOvertaken, canonicalJson, newId, Overtaken, refuseStale } from '#platform';
import { BuiltInConnections } from './built-in-connections.ts';
import { changedConfiguration, changedPlaces, newConfiguration, sameConfiguration } from './config/configuration.ts';
import type { JsonObject } from './config/split-secrets.ts';
import { noSuchConnection } from './no-such-connection.ts';
import { ConnectionSecrets } from './store/connection-secrets.ts';
import { ConnectionStore } from './store/connection-store.ts';
import { editionOf, placeOf, type StoredConnection } from './store/connection.schema.ts';

export interface NewConnection {
  connector: string;
  /** Default: the connector's title. */
  name?: string;
  slug?: string;
  config?: JsonObject;
  labels?: string[];
}

/** What may be said of a change of where a connection leads. */
interface Move {
  /** True: to another place, of which nothing is known; false: to the same one, under another address. */
  moved?: boolean;
}

/** What a connection is to be, whatever it was. */
export type ConnectionPut = Omit<NewConnection, 'slug'> & Move;

export interface ConnectionPatch extends Move {
  name?: string;
  slug?: string;
  /** Merged into the present one (RFC 7396). */
  config?: JsonObject;
  labels?: string[];
}

interface Change extends ConnectionPatch {
  how: 'replace' | 'patch';
}

/** A connection after a change. */
export interface Edited {
  connection: StoredConnection;
  /** What was changed that may lead to another place, where nobody has said whether it does. */
  unsaid: string[];
  /** It works with another configuration, or in another place, than before. */
  reconfigured: boolean;
}

/** Makes and changes connections. */
@Injectable()
export class ConnectionEditor {
  constructor(
    private readonly store: ConnectionStore,
    private readonly secrets: ConnectionSecrets,
    private readonly builtIn: BuiltInConnections,
    private readonly catalog: Catalog,
  ) {}

  async create(input: NewConnection): Promise<StoredConnection> {
    if (input.slug !== undefined) this.builtIn.refuseChange(input.slug);
    const made = await this.#insert(input);
    if (made) return made;
    throw new MillraceError(
      'conflict',
      `There is a connection "${input.slug}" already. Choose another slug, or change it: PUT /api/connections/${input.slug}.`,
    );
  }

  /**
   * Makes the connection of a slug, or makes it what is given. The same again changes nothing.
   *
   * @param madeFrom the edition that the change was made from: `conflict` when it is another one by now (default: any)
   */
  async put(ref: string, input: ConnectionPut, madeFrom?: number): Promise<Edited & { created: boolean }> {
    this.builtIn.refuseChange(ref);
    return againIfOvertaken(async () => {
      const present = await this.store.find(ref);
      if (present) refuseStale('connection', { edition: editionOf(present) }, madeFrom);
      else if (madeFrom) throw noSuchConnection(ref);
      if (present) return { ...(await this.#change(present, replacementOf(present, input))), created: false };
      if (ref.startsWith('con_')) throw noSuchConnection(ref);
      const connection = await this.#insert({ ...input, slug: ref });
      if (!connection) throw changedMeanwhile(ref);
      return { connection, unsaid: [], reconfigured: false, created: true };
    });
  }

  /** What `put` would make of it: checked like there, but nothing is stored. */
  async rehearsePut(ref: string, input: ConnectionPut): Promise<Edited> {
    this.builtIn.refuseChange(ref);
    const present = await this.store.find(ref);
    if (present) return this.#changed(present, replacementOf(present, input));
    if (ref.startsWith('con_')) throw noSuchConnection(ref);
    return { connection: this.#made({ ...input, slug: ref }), unsaid: [], reconfigured: false };
  }

  async update(ref: string, patch: ConnectionPatch): Promise<Edited> {
    this.builtIn.refuseChange(ref);
    if (patch.slug !== undefined) this.builtIn.refuseChange(patch.slug);
    return againIfOvertaken(async () => {
      const present = await this.store.find(ref);
      if (!present) throw noSuchConnection(ref);
      return this.#change(present, { ...patch, how: 'patch' });
    });
  }

  async #insert(input: NewConnection): Promise<StoredConnection | undefined> {
    const connection = this.#made(input);
    return (await this.store.insert(connection)) ? connection : undefined;
  }

  #made({ connector: id, name, slug, config = {}, labels = [] }: NewConnection): StoredConnection {
    const { connector, config: spec } = this.#usable(id);
    const configuration = newConfiguration(spec, config);
    const _id = newId('con');
    const now = new Date();
    return {
      _id,
      ...(slug !== undefined && { slug }),
      name: name ?? connector.title,
      connector: id,
      connectorVersion: connector.version,
      config: configuration.config,
      ...this.secrets.seal(_id, configuration.secrets),
      secretsRevision: 1,
      revision: 1,
      edition: 1,
      labels: tidy(labels),
      createdAt: now,
      updatedAt: now,
    };
  }

  async #change(present: StoredConnection, change: Change): Promise<Edited> {
    const changed = await this.#changed(present, change);
    const { connection } = changed;
    if (connection === present || (await this.store.change(present, changeOf(connection)))) return changed;
    throw changedMeanwhile(present.slug ?? present._id);
  }

  /** The very same connection when nothing changes. */
  async #changed(present: StoredConnection, { name, slug, config, labels, moved, how }: Change): Promise<Edited> {
    const words = {
      name: name ?? present.name,
      ...((slug ?? present.slug) !== undefined && { slug: slug ?? present.slug }),
      labels: labels ? tidy(labels) : present.labels,
    };
    const { name: oldName, slug: oldSlug, labels: oldLabels } = present;
    const sameWords = canonicalJson(words) === canonicalJson({ name: oldName, slug: oldSlug, labels: oldLabels });
    const before = await this.secrets.open(present);
    const now = new Date();
    const edition = editionOf(present) + 1;
    const { connector, config: spec } = config
      ? this.#usable(present.connector)
      : { connector: undefined, config: undefined };
    const after = config && spec ? changedConfiguration(spec, before, config, how) : before;
    if (sameConfiguration(before, after) && !moved)
      return {
        connection: sameWords ? present : { ...present, ...words, edition, updatedAt: now },
        unsaid: [],
        reconfigured: false,
      };
    const { sealed: _, ...rest } = present;
    const connection: StoredConnection = {
      ...rest,
      ...words,
      connectorVersion: connector?.version ?? present.connectorVersion,
      config: after.config,
      ...this.secrets.seal(present._id, after.secrets),
      revision: present.revision + 1,
      edition,
      secretsRevision: present.secretsRevision + 1,
      ...(moved && { place: placeOf(present) + 1 }),
      updatedAt: now,
    };
    const unsaid = spec && moved === undefined ? changedPlaces(spec, before, after) : [];
    return { connection, unsaid, reconfigured: true };
  }

  #usable(connector: string): CatalogEntry {
    const entry = this.catalog.require(connector);
    if (!entry.internal) return entry;
    throw new MillraceError(
      'bad_request',
      `"${connector}" is a part of Millrace: use the connection "${connector}", which is always there.`,
    );
  }
}

function replacementOf(
  present: StoredConnection,
  { connector, name, config = {}, labels = [], moved }: ConnectionPut,
): Change {
  if (present.connector === connector) return { name: name ?? present.name, config, labels, moved, how: 'replace' };
  throw new MillraceError(
    'conflict',
    `The connection "${present.slug ?? present._id}" is of connector "${present.connector}", not "${connector}". Use another slug, or remove it first.`,
  );
}

function changeOf({ _id, connector: _connector, createdAt: _created, check: _check, ...change }: StoredConnection) {
  return change;
}

function tidy(labels: string[]): string[] {
  return [...new Set(labels)].sort();
}

function changedMeanwhile(ref: string): Overtaken {
  return new Overtaken(`The connection "${ref}" is being changed by others all the time. Try again.`, {
    retryable: true,
  });
}
