import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Catalog, type ObjectDescription, type StreamDescription } from '#catalog';
import { textAfter, encodeCursor, type List, type Removing } from '#platform';
import { AccessTokens } from './access-tokens/index.ts';
import { BuiltInConnections, type BuiltInConnection } from './built-in-connections.ts';
import {
  ConnectionEditor,
  type Edited,
  type ConnectionPatch,
  type ConnectionPut,
  type NewConnection,
} from './connection-editor.ts';
import { builtInView, movedUnsaid, stateOf, viewOf, type ConnectionView } from './connection-view.ts';
import { noSuchConnection } from './no-such-connection.ts';
import { ConnectionOpener } from './open/connection-opener.ts';
import type { ConnectionUse, OpenConnection } from './open/open-connection.ts';
import { ConnectionProbes, type CheckResult } from './probes/connection-probes.ts';
import { ConnectionStore, type ConnectionFilter } from './store/connection-store.ts';

/**
 * Says who still uses a connection, as a sentence; undefined when nobody does. May throw an error of its own, to tell more. `force`: whoever
 * removes it knows what depends on it.
 */
export type RemovalGuard = (id: string, how: { force: boolean }) => Promise<string | undefined>;

/** Is told the id of a connection after something was done to it. */
export type ConnectionListener = (id: string) => Promise<void>;

export interface ConnectionSummary {
  id: string;
  name: string;
  connector: string;
  /** The connector's title. */
  title: string;
  /** The connector's version in this process; of a connector that is not installed, the last known one. */
  version: string;
  revision: number;
  /** See `ConnectionView.place`. */
  place: number;
  enabled: boolean;
  /** Why it is not enabled. */
  reason?: string;
}

/** Configured connectors. Every `ref` is an id (`con_…`), a slug or the id of a built-in connection. */
@Injectable()
export class Connections {
  readonly #guards: RemovalGuard[] = [];
  readonly #moved: ConnectionListener[] = [];
  readonly #reconfigured: ConnectionListener[] = [];

  constructor(
    private readonly store: ConnectionStore,
    private readonly editor: ConnectionEditor,
    private readonly opener: ConnectionOpener,
    private readonly probes: ConnectionProbes,
    private readonly builtIn: BuiltInConnections,
    private readonly catalog: Catalog,
    private readonly tokens: AccessTokens,
  ) {}

  /** Adds a connection that is part of Millrace. Its connector is in the catalog, as an internal one, by the time it is used. */
  addBuiltIn(connection: BuiltInConnection): void {
    this.builtIn.add(connection);
  }

  /** Is asked before a connection is removed. */
  onRemove(guard: RemovalGuard): void {
    this.#guards.push(guard);
  }

  /** Is told when a connection is said to lead to another place now. */
  onMove(listener: ConnectionListener): void {
    this.#moved.push(listener);
  }

  /** Is told when a connection has another configuration now: what did not work may work. */
  onReconfigure(listener: ConnectionListener): void {
    this.#reconfigured.push(listener);
  }

  /** Does not ask the other side: see `check`. Throws `connector_not_found`, `connector_disabled`, `invalid_config`, `conflict`. */
  async create(input: NewConnection): Promise<ConnectionView> {
    return viewOf(await this.editor.create(input), this.catalog);
  }

  /** Makes the connection of a slug, or makes it what is given; secrets that are null or absent are kept. Throws also `secrets_required`. */
  async put(ref: string, input: ConnectionPut, madeFrom?: number): Promise<{ view: ConnectionView; created: boolean }> {
    const { created, ...edited } = await this.editor.put(ref, input, madeFrom);
    await this.#tell(edited, input.moved === true && !created);
    return { view: this.#editedView(edited), created };
  }

  /** What `put` would make of it; nothing is changed. A higher `revision` than now tells that the configuration or a secret would be another. */
  async rehearsePut(ref: string, input: ConnectionPut): Promise<ConnectionView> {
    return this.#editedView(await this.editor.rehearsePut(ref, input));
  }

  async update(ref: string, patch: ConnectionPatch): Promise<ConnectionView> {
    const edited = await this.editor.update(ref, patch);
    await this.#tell(edited, patch.moved === true);
    return this.#editedView(edited);
  }

  #editedView({ connection, unsaid }: Edited): ConnectionView {
    return { ...viewOf(connection, this.catalog), ...(unsaid.length > 0 && { notices: [movedUnsaid(unsaid)] }) };
  }

  async #tell({ connection: { _id: id }, reconfigured }: Edited, moved: boolean): Promise<void> {
    const listeners = [...(moved ? this.#moved : []), ...(reconfigured ? this.#reconfigured : [])];
    for (const listener of listeners) await listener(id);
  }

  /** Throws `not_found`, `conflict` for a built-in one, `connection_in_use` when a guard objects. */
  async remove(ref: string, { force = false, rehearse = false }: Removing = {}): Promise<void> {
    this.builtIn.refuseChange(ref);
    const stored = await this.store.find(ref);
    if (!stored) throw noSuchConnection(ref);
    for (const guard of this.#guards) {
      const use = await guard(stored._id, { force });
      if (use !== undefined) throw new MillraceError('connection_in_use', use);
    }
    if (rehearse) return;
    if (!(await this.store.remove(stored._id))) throw noSuchConnection(ref);
    await this.tokens.forget(stored._id);
  }

  async get(ref: string): Promise<ConnectionView> {
    const found = await this.find(ref);
    if (!found) throw noSuchConnection(ref);
    return found;
  }

  /** Undefined for one that is not there, or not any more. */
  async find(ref: string): Promise<ConnectionView | undefined> {
    const builtIn = this.builtIn.find(ref);
    if (builtIn) return builtInView(builtIn, this.catalog);
    const stored = await this.store.find(ref);
    return stored && viewOf(stored, this.catalog);
  }

  /** By age; built-in ones come before the first page, beyond its limit. */
  async list({ after, limit, connector, label }: ConnectionFilter): Promise<List<ConnectionView>> {
    const position = textAfter(after);
    const found = await this.store.page({ connector, label, after: position, limit: limit + 1 });
    const page = found.slice(0, limit);
    const first = position === undefined && label === undefined ? this.builtIn.list() : [];
    const last = page.at(-1);
    return {
      data: [
        ...first
          .filter((one) => connector === undefined || one.connector === connector)
          .map((one) => builtInView(one, this.catalog)),
        ...page.map((one) => viewOf(one, this.catalog)),
      ],
      next: last && found.length > limit ? encodeCursor(last._id) : null,
    };
  }

  async summary(ref: string): Promise<ConnectionSummary> {
    return this.#summaryOf(await this.get(ref));
  }

  /** Of many by their ids, which are asked for together; those that are not there, or not any more, are left out. */
  async summaries(ids: Iterable<string>): Promise<Map<string, ConnectionSummary>> {
    const all = [...new Set(ids)];
    const builtIn = all.flatMap((id) => this.builtIn.find(id) ?? []);
    const stored = await this.store.withIds(all.filter((id) => this.builtIn.find(id) === undefined));
    const views = [
      ...builtIn.map((one) => builtInView(one, this.catalog)),
      ...stored.map((one) => viewOf(one, this.catalog)),
    ];
    return new Map(views.map((view) => [view.id, this.#summaryOf(view)]));
  }

  #summaryOf({ id, name, connector, revision, place, connectorVersion }: ConnectionView): ConnectionSummary {
    const state = stateOf(connector, this.catalog);
    const known = this.catalog.list().find((entry) => entry.connector.id === connector)?.connector;
    return {
      id,
      name,
      connector,
      revision,
      place,
      title: known?.title ?? connector,
      version: known?.version ?? connectorVersion,
      ...state,
    };
  }

  /** Runs the connector's check (at most 20 s) and notes the result. A connection that does not work is a result, not an error. */
  check(ref: string): Promise<CheckResult> {
    return this.probes.check(ref);
  }

  /** Asks for the streams (at most 60 s); none when it is no source. */
  streams(ref: string): Promise<StreamDescription[]> {
    return this.probes.streams(ref);
  }

  /** Asks for the objects (at most 60 s); none when it is no destination. */
  objects(ref: string): Promise<ObjectDescription[]> {
    return this.probes.objects(ref);
  }

  /**
   * Everything that the connector's functions need; close it when done. Throws `not_found`, `connector_not_found`, `connector_disabled`, and
   * `invalid_config` when the configuration no longer fits the connector.
   */
  open(ref: string, use: ConnectionUse): Promise<OpenConnection> {
    return this.opener.open(ref, use);
  }
}
