import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { authOf, configSpec, MillraceError, messageOf, secretValues, type AnyConnector, type Row } from '../index.ts';
import { testHttp } from './context/http.ts';
import { signedIn } from './context/sign-in.ts';
import type { TestContextOptions } from './context/test-context.ts';
import type { ContractOptions } from './contract/options.ts';
import type { SampleDelivery } from './contract/webhook-options.ts';
import { recordedHttp } from './recorded-http/recorded-http.ts';

/**
 * The kit's options out of a plugin's folder, the same for its spec and for `millrace try`. In `fixtures/`:
 *
 * - `config.json`: a configuration that works, with made-up secrets
 * - `config-refused.json`: the same with credentials that are refused
 * - `http.json` and `http-refused.json`: the recorded answers to each (without them, real requests are made)
 * - `rows.json`: object name → mapped records to push
 * - `deliveries.json`: what comes to the webhook, `[{ headers, body }]`, unsigned
 *
 * Paths of files count from `fixtures/`. To record, run the spec with MILLRACE_RECORD=1 and MILLRACE_CONFIG naming a file with the
 * real configuration: its secrets do not reach the fixtures.
 */
export function fixtureOptions(connector: AnyConnector, folder: string): ContractOptions {
  const file = (name: string) => join(folder, 'fixtures', name);
  const real = process.env.MILLRACE_RECORD === '1' ? process.env.MILLRACE_CONFIG : undefined;
  const config = readJson<Row>(real ?? file('config.json'));
  const refused = readIfThere<Row>(file('config-refused.json'));
  const rows = readIfThere<Record<string, Row[]>>(file('rows.json')) ?? {};
  const deliveries = fixtureDeliveries(folder);
  const spec = configSpec(connector.config);
  const context = (parsed: unknown): TestContextOptions => {
    const isRefused = refused !== undefined && isDeepStrictEqual(parsed, spec.parse(refused));
    const answers = file(isRefused ? 'http-refused.json' : 'http.json');
    const root = join(folder, 'fixtures');
    if (!existsSync(answers) && real === undefined) return { root };
    const secrets = secretValues(parsed, spec.secrets);
    const http = recordedHttp(answers, { settings: connector.http?.(parsed), secrets });
    const auth = authOf(connector.auth, parsed);
    if (!auth) return { root, http };
    const asking = testHttp();
    asking.defaults.adapter = http.defaults.adapter; // what is asked for tokens is recorded likewise
    return { root, http: signedIn(http, auth, parsed, asking) };
  };
  return {
    config,
    badConfig: refused,
    context,
    ...(deliveries && { webhook: { deliveries } }),
    objects: Object.fromEntries(Object.entries(rows).map(([name, records]) => [name, { rows: records }])),
  };
}

/** What comes to the webhook of a plugin; undefined where its fixtures do not say. */
export function fixtureDeliveries(folder: string): SampleDelivery[] | undefined {
  return readIfThere<SampleDelivery[]>(join(folder, 'fixtures', 'deliveries.json'));
}

function readIfThere<T>(file: string): T | undefined {
  return existsSync(file) ? readJson<T>(file) : undefined;
}

function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (cause) {
    throw new MillraceError(
      'file_not_found',
      `${file} cannot be read as JSON: ${messageOf(cause)}. Write or mend it.`,
      {
        cause,
      },
    );
  }
}
