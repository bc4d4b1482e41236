import {
  authOf,
  configSpec,
  MillraceError,
  objectsOf,
  streamsOf,
  type AnyConnector,
  type ConfigSpec,
  type Deliveries,
  type DestinationObject,
  type Stream,
} from '../../index.ts';
import { testDeliveries } from '../context/deliveries.ts';
import { testContext, type TestContext, type TestContextOptions } from '../context/test-context.ts';
import { succeed } from './fault.ts';
import { resolveLazy } from './lazy.ts';
import type { ContractOptions, StreamOptions } from './options.ts';
import { keptSamples, noDeliveries, unknownDeliveries } from './sample-deliveries.ts';
import { SecretWatch } from './secrets.ts';
import type { SampleDelivery } from './webhook-options.ts';

/** What the checks of one connector share. */
export class Workbench {
  readonly watch = new SecretWatch();
  private rawConfig?: Promise<object>;

  constructor(
    readonly connector: AnyConnector,
    readonly options: ContractOptions,
  ) {}

  async spec(): Promise<ConfigSpec> {
    return succeed('Reading the declaration of the configuration', () => configSpec(this.connector.config));
  }

  /** The good configuration, as entered: made once. */
  config(): Promise<object> {
    this.rawConfig ??= resolveLazy(this.options.config);
    return this.rawConfig;
  }

  /** Calls the connector with a context of its own; what it logs and throws is searched for secrets. */
  async use<T>(
    what: string,
    call: (ctx: TestContext) => Promise<T>,
    use: { config?: object; overrides?: TestContextOptions } = {},
  ): Promise<T> {
    const spec = await this.spec();
    const raw = use.config ?? (await this.config());
    this.watch.addSecrets(raw, spec.secrets);
    const config = spec.parse(raw);
    const own = (await this.options.context?.(config)) ?? {};
    const deliveries = await this.#kept();
    const client = { settings: this.connector.http?.(config), auth: authOf(this.connector.auth, config) };
    const ctx = testContext(config, { ...client, deliveries, ...own, ...use.overrides });
    try {
      return await call(ctx);
    } catch (thrown) {
      this.watch.seeError(`an error of ${what}`, thrown);
      throw thrown;
    } finally {
      for (const line of ctx.logs) this.watch.see(`the log of ${what}`, line);
    }
  }

  async #kept(): Promise<Deliveries> {
    const { webhooks } = this.connector;
    if (!webhooks) return testDeliveries();
    if (!this.options.webhook?.deliveries) return unknownDeliveries;
    return testDeliveries(keptSamples(webhooks, await this.deliveries()));
  }

  /** What its webhook gets in the test. Throws where the kit was given nothing: it would find nothing amiss. */
  async deliveries(): Promise<SampleDelivery[]> {
    const { deliveries } = this.options.webhook ?? {};
    if (deliveries) return resolveLazy(deliveries);
    throw noDeliveries();
  }

  /** The streams to check, by name. */
  async streams(ctx: TestContext): Promise<[string, Stream, StreamOptions][]> {
    const { streams: chosen = {} } = this.options;
    const streams = Object.entries(await streamsOf(this.connector, ctx));
    requireKnown('stream', Object.keys(chosen), streams);
    return streams.flatMap(([name, stream]) => {
      const options = chosen[name];
      return options === false ? [] : [[name, stream, options ?? {}] satisfies [string, Stream, StreamOptions]];
    });
  }

  async objects(ctx: TestContext): Promise<[string, DestinationObject][]> {
    const { objects: chosen = {} } = this.options;
    const objects = Object.entries(await objectsOf(this.connector, ctx));
    requireKnown('object', Object.keys(chosen), objects);
    return objects.filter(([name]) => chosen[name] !== false);
  }
}

function requireKnown(kind: string, chosen: string[], known: [string, unknown][]): void {
  const missing = chosen.find((name) => !known.some(([name_]) => name_ === name));
  if (missing !== undefined) {
    throw new MillraceError(
      'invalid_connector',
      `The connector has no ${kind} "${missing}", which the test's options name.`,
    );
  }
}
