import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MillraceError, type WebhookRegistration } from '@millrace/sdk';
import { Connections, within, type OpenConnection } from '#connections';
import { Log, Settings } from '#platform';
import { DeliveryStore, HookStore, type StoredHook } from '../store/index.ts';
import type { HookView, RegistrationView } from './hook-view.ts';
import { Catalog } from '#catalog';

/** Milliseconds that a vendor has to answer. */
const patience = { status: 10_000, change: 60_000 };

type Call<T> = (open: OpenConnection, registration: WebhookRegistration) => Promise<T>;

/** The webhooks of connections: where they are, what has come, and whether the vendor knows of them. */
@Injectable()
export class Hooks implements OnModuleInit {
  constructor(
    private readonly connections: Connections,
    private readonly catalog: Catalog,
    private readonly hooks: HookStore,
    private readonly store: DeliveryStore,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.connections.onRemove(async (id, { force }) => {
      const registration = force ? undefined : (await this.hooks.find(id))?.registration;
      return registration && `Its webhook is registered with the vendor. DELETE /api/connections/${id}/hook first.`;
    });
  }

  /** Id of a connection whose connector takes webhooks. Throws `not_found`. */
  async require(ref: string): Promise<string> {
    const { id, connector } = await this.connections.get(ref);
    if (this.catalog.get(connector).connector.webhooks) return id;
    throw new MillraceError('not_found', `The connector "${connector}" takes no webhooks, so there are no deliveries.`);
  }

  async view(ref: string): Promise<HookView> {
    const connection = await this.require(ref);
    const { enabled, reason } = await this.connections.get(connection);
    const newest = { projection: { receivedAt: 1 }, sort: { receivedAt: -1, _id: -1 } } as const;
    const last = await this.store.deliveries.findOne({ source: connection, replayOf: { $exists: false } }, newest);
    const hook = await this.hooks.find(connection);
    const refused = hook?.refused;
    return {
      connection,
      url: this.#urlOf(connection),
      state: enabled ? 'receiving' : 'disabled',
      ...(reason !== undefined && { reason }),
      lastDelivery: last && { id: last._id, receivedAt: last.receivedAt.toISOString() },
      refused: refused ? { ...refused, lastAt: refused.lastAt.toISOString() } : null,
      registration: await this.#registrationView(connection, enabled, hook),
    };
  }

  /** Lets the vendor deliver here. Throws `conflict` where its connector cannot, and what the vendor says. */
  async register(ref: string): Promise<HookView> {
    const connection = await this.require(ref);
    const url = this.#urlOf(connection);
    await this.#ask(connection, patience.change, ({ ctx }, registration) => registration.register(ctx, url));
    await this.hooks.noteRegistration(connection, url, new Date());
    return this.view(connection);
  }

  async unregister(ref: string): Promise<void> {
    const connection = await this.require(ref);
    const known = (await this.hooks.find(connection))?.registration?.url ?? this.#urlOf(connection);
    await this.#ask(connection, patience.change, ({ ctx }, registration) => registration.unregister(ctx, known));
    await this.hooks.forgetRegistration(connection);
  }

  /** By id: it outlives a change of the slug. */
  #urlOf(connection: string): string {
    return `${this.settings.publicUrl.replace(/\/$/, '')}/hooks/${connection}`;
  }

  async #registrationView(
    connection: string,
    enabled: boolean,
    hook: StoredHook | undefined,
  ): Promise<RegistrationView> {
    const { connector } = await this.connections.get(connection);
    const supported = this.catalog.get(connector).connector.webhooks?.registration !== undefined;
    const known = hook?.registration;
    if (!supported || !known) return { supported, state: 'none' };
    const told = { supported, url: known.url, registeredAt: known.at.toISOString() };
    if (!enabled) return { ...told, state: 'unknown', message: 'The connector is disabled.' };
    try {
      const asked = await this.#ask(connection, patience.status, ({ ctx }, registration) =>
        registration.status(ctx, known.url),
      );
      return { ...told, ...asked };
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      return { ...told, state: 'unknown', message: error.message };
    }
  }

  /** Also where the connector does not heed its signal: nobody waits for ever. */
  #ask<T>(connection: string, milliseconds: number, call: Call<T>): Promise<T> {
    return within('Asking about the webhook', milliseconds, (signal) => this.#opened(connection, signal, call));
  }

  async #opened<T>(connection: string, signal: AbortSignal, call: Call<T>): Promise<T> {
    const open = await this.connections.open(connection, { signal, log: this.log });
    try {
      const registration = open.connector.webhooks?.registration as WebhookRegistration | undefined;
      if (!registration)
        throw new MillraceError(
          'conflict',
          `The connector "${open.connector.id}" cannot register webhooks. Enter the address of GET …/hook at the vendor.`,
        );
      return await call(open, registration);
    } catch (error) {
      throw open.shownError(error);
    } finally {
      await open.close();
    }
  }
}
