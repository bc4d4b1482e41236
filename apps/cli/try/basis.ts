import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Network } from '#platform';
import { authOf, MillraceError, messageOf, type AnyConnector, type HttpClient } from '@millrace/sdk';
import {
  fixtureDeliveries,
  fixtureOptions,
  signedIn,
  type ContractOptions,
  type TestContextOptions,
} from '@millrace/sdk/testing';

/** Milliseconds that a real stream may take. */
const hour = 3_600_000;

/** What a connector is tried with. */
export interface Basis {
  /** Where the answers come from, for people. */
  note: string;
  /** It talks to the real thing: nothing is pushed, and streams may be long. */
  isReal: boolean;
  /** As an operator would enter it. */
  config: object;
  options: ContractOptions;
}

/** A configuration file and the real thing, or the plugin's own fixtures. */
export async function basisOf(connector: AnyConnector, folder: string, configFile?: string): Promise<Basis> {
  if (configFile !== undefined) {
    const config = await readConfig(configFile);
    const deliveries = fixtureDeliveries(folder);
    return {
      note: `Talks to the real thing, as ${configFile} says. Nothing is written there.`,
      isReal: true,
      config,
      // what a vendor sends by itself is not to be had by asking
      options: {
        config,
        badConfig: false,
        context: realContext(connector),
        readWithin: hour,
        ...(deliveries && { webhook: { deliveries } }),
      },
    };
  }
  const fixtures = join(folder, 'fixtures');
  if (!existsSync(join(fixtures, 'config.json'))) {
    throw new MillraceError(
      'file_not_found',
      `${fixtures} has no config.json to try the connector with. Write one, or give --config <file>.`,
    );
  }
  const options = fixtureOptions(connector, folder);
  const replays = existsSync(join(fixtures, 'http.json'));
  return {
    note: replays
      ? `Replays the answers recorded in ${join(fixtures, 'http.json')}. With --config it talks to the real thing.`
      : `Uses ${join(fixtures, 'config.json')}. With --config it talks to the real thing.`,
    isReal: false,
    config: options.config,
    // whether there are credentials to refuse is for the spec to say
    options: { ...options, badConfig: options.badConfig ?? false },
  };
}

/**
 * The server's own HTTP client: it waits where an API asks for it. Developers may try what runs on their machine. One sign-in for all that is tried: a refresh
 * token may be good for one use only.
 */
function realContext(connector: AnyConnector): (config: unknown) => TestContextOptions {
  const network = new Network({ allowPrivateAddresses: true });
  const client = (config: unknown): HttpClient => network.http(connector.http?.(config) ?? {});
  let known: HttpClient | undefined;
  return (config) => {
    const auth = authOf(connector.auth, config);
    if (auth) known ??= signedIn(client(config), auth, config);
    return { root: process.cwd(), http: known ?? client(config) };
  };
}

async function readConfig(file: string): Promise<object> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as object;
  } catch (cause) {
    // a parser's message quotes the text, which holds secrets
    const why = cause instanceof SyntaxError ? 'it is not JSON' : messageOf(cause);
    throw new MillraceError('bad_request', `${file} cannot be read: ${why}. Correct it.`);
  }
}
