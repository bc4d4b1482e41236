import { Injectable } from '@nestjs/common';
import { configSpec, MillraceError, type AnyConnector, type ConfigSpec } from '@millrace/sdk';
import { contentHash } from '#platform';
import type { CatalogEntry } from './catalog-entry.ts';
import { ConnectorSwitches } from './connector-switches.ts';
import { staticParts } from './descriptions/connector-description.ts';
import { duplicateConnector } from './plugins/load-plugins.ts';

type Registered = Omit<CatalogEntry, 'enabled' | 'reason'>;

/** Every connector of this process, and whether operators have enabled it. */
@Injectable()
export class Catalog {
  readonly #connectors = new Map<string, Registered>();

  constructor(private readonly switches: ConnectorSwitches) {}

  /**
   * Adds a connector. Throws `duplicate_connector` when its id is taken.
   *
   * @param origin the file it came from, for messages
   * @param options.internal it is part of Millrace: always enabled, and not listed
   */
  register(connector: AnyConnector, origin: string, options: { internal?: boolean } = {}): void {
    const other = this.#connectors.get(connector.id);
    if (other) throw duplicateConnector(connector.id, other.origin, origin);
    const config = configSpec(connector.config);
    const internal = options.internal ?? false;
    this.#connectors.set(connector.id, { connector, config, origin, hash: hashOf(connector, config), internal });
  }

  /** Throws `connector_not_found`. */
  get(id: string): CatalogEntry {
    const registered = this.#connectors.get(id);
    if (!registered) throw notFound(id, this.list());
    return this.#entry(registered);
  }

  /** An enabled connector. Throws `connector_not_found` or `connector_disabled`. */
  require(id: string): CatalogEntry {
    const entry = this.get(id);
    if (entry.enabled) return entry;
    const reason = entry.reason ? ` (${entry.reason})` : '';
    throw new MillraceError(
      'connector_disabled',
      `The connector "${id}" is disabled${reason}. Enable it: PATCH /api/connectors/${id} { "enabled": true }.`,
    );
  }

  /** All connectors, by id, internal ones included. */
  list(): CatalogEntry[] {
    return [...this.#connectors.values()]
      .sort((a, b) => (a.connector.id < b.connector.id ? -1 : 1))
      .map((registered) => this.#entry(registered));
  }

  /** As known here: another process's change arrives within 2 s. */
  isEnabled(id: string): boolean {
    return this.get(id).enabled;
  }

  disabledReason(id: string): string | undefined {
    const { enabled, reason } = this.get(id);
    return enabled ? undefined : (reason ?? 'disabled by an operator');
  }

  /**
   * Enables or disables a connector for every process. Throws `connector_not_found`, and `conflict` for a part of Millrace.
   *
   * @param changedBy name of the key that asks
   */
  async setEnabled(id: string, enabled: boolean, reason?: string, changedBy?: string): Promise<void> {
    if (this.get(id).internal) {
      throw new MillraceError(
        'conflict',
        `"${id}" is a part of Millrace and cannot be disabled. Pause the syncs that use it instead.`,
      );
    }
    await this.switches.set(id, { enabled, reason: enabled ? undefined : reason, changedBy });
  }

  /** Asks MongoDB which connectors are enabled, for those who cannot wait 2 s. */
  refresh(): Promise<void> {
    return this.switches.refresh();
  }

  #entry(registered: Registered): CatalogEntry {
    if (registered.internal) return { ...registered, enabled: true };
    const { enabled, reason } = this.switches.of(registered.connector.id);
    return { ...registered, enabled, reason };
  }
}

function hashOf(connector: AnyConnector, config: ConfigSpec): string {
  const { id, version } = connector;
  return contentHash({ id, version, config: config.schema, ...staticParts(connector) });
}

function notFound(id: string, entries: CatalogEntry[]): MillraceError {
  const known = entries.filter((entry) => !entry.internal).map((entry) => entry.connector.id);
  return new MillraceError(
    'connector_not_found',
    `There is no connector "${id}". Use one of ${known.join(', ') || '(none is installed)'}, or name its folder in MILLRACE_PLUGINS.`,
  );
}
