import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { FailureLog, Log, Regularly } from '#platform';
import { connectorSettingsName, type ConnectorSettings } from './connector-settings.schema.ts';

const refreshEvery = 2_000;

export type Switch = Pick<ConnectorSettings, 'enabled' | 'reason' | 'changedBy'>;

/** Which connectors are enabled, as MongoDB said at most 2 s ago: asked for every slice, so it must not cost a query. */
@Injectable()
export class ConnectorSwitches implements OnModuleInit, OnModuleDestroy {
  #known = new Map<string, ConnectorSettings>();
  #writes = 0;
  #refreshing?: Regularly;
  readonly #failures: FailureLog;

  constructor(
    @InjectModel(connectorSettingsName) private readonly model: Model<ConnectorSettings>,
    log: Log,
  ) {
    this.#failures = new FailureLog(log, 'cannot read which connectors are enabled; the last known answer stands');
  }

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.#refreshing = new Regularly(refreshEvery, () => this.refresh(), this.#failures.tell);
  }

  onModuleDestroy(): void {
    this.#refreshing?.cease();
  }

  of(connector: string): Switch {
    return this.#known.get(connector) ?? { enabled: true };
  }

  async set(connector: string, { enabled, reason, changedBy }: Switch): Promise<void> {
    const settings: ConnectorSettings = { _id: connector, enabled, reason, changedBy, changedAt: new Date() };
    await this.model.replaceOne({ _id: connector }, settings, { upsert: true });
    this.#writes += 1;
    this.#known.set(connector, settings);
  }

  async refresh(): Promise<void> {
    const writes = this.#writes;
    const settings = await this.model.find().lean<ConnectorSettings[]>();
    if (writes !== this.#writes) return; // read before our own write: the next round knows
    this.#known = new Map(settings.map((one) => [one._id, one]));
  }
}
