import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import type { ConnectorContext, HttpSettings, Json, OAuth2 } from '../../index.ts';
import { testDeliveries } from './deliveries.ts';
import { testFiles } from './files.ts';
import { testHttp } from './http.ts';
import { collectingLogger, type LogLine } from './logger.ts';
import { signedIn } from './sign-in.ts';

export interface TestContext<C = unknown> extends ConnectorContext<C> {
  /** What the connector logged. */
  logs: LogLine[];
  /** What was given to `updateSecrets`, in order. */
  secretUpdates: Record<string, Json>[];
}

export type TestContextOptions<C = unknown> = Partial<Omit<ConnectorContext, 'config'>> & {
  /** Settings of `http`, e.g. what the connector's own `http(config)` gives. */
  settings?: HttpSettings;
  /** How `http` signs in, as the connector's own `auth` says. */
  auth?: OAuth2<C>;
  /** Folder of `files` (default: the system's folder for temporary files). */
  root?: string;
};

/** A context in this process, without a server: plain axios, real files under a folder, a logger and secrets that are kept. */
export function testContext<C>(config: C, options: TestContextOptions<NoInfer<C>> = {}): TestContext<C> {
  const { settings, auth, root = tmpdir(), ...overrides } = options;
  const logs: LogLine[] = [];
  const secretUpdates: Record<string, Json>[] = [];
  return {
    config,
    http: overrides.http ?? (auth ? signedIn(testHttp(settings), auth, config) : testHttp(settings)),
    files: testFiles(root),
    deliveries: testDeliveries(),
    log: collectingLogger(logs),
    signal: new AbortController().signal,
    connect: (target) => connect(target),
    updateSecrets: async (secrets) => {
      secretUpdates.push(secrets);
    },
    ...overrides,
    logs,
    secretUpdates,
  };
}
