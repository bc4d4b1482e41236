import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MillraceError, messageOf } from '@millrace/sdk';
import { freePort, superviseServer, untilConnectable, type SupervisedServer } from '#tools/services';
import { fetchedByMaven } from './fetched-by-maven.ts';
import { quickJava } from './quick-java.ts';

const version = '2.6.13.Final';

/** A running schema registry that nobody else uses, and that asks for no password. */
export interface SchemaRegistry {
  /** Of Confluent's REST API. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts a throwaway Apicurio Registry, which keeps schemas in memory, on a free port of 127.0.0.1; it ends with this process. Fetched once by Maven
 * (142 MB).
 * @throws MillraceError `service_unavailable` where Java or the registry cannot be had
 */
export async function startSchemaRegistry(): Promise<SchemaRegistry> {
  const artifact = `-Dartifact=io.apicurio:apicurio-registry-app:${version}:tar.gz:all`;
  const app = await fetchedByMaven({ what: 'The schema registry', goal: 'unpack', options: [artifact] });
  const folder = await mkdtemp(join(tmpdir(), 'millrace-registry-'));
  const port = await freePort();
  let server: SupervisedServer | undefined;
  const stop = async (): Promise<void> => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    server = await superviseServer({
      command: 'java',
      args: [...quickJava, '-jar', join(app, `apicurio-registry-app-${version}-runner.jar`)],
      env: { QUARKUS_HTTP_HOST: '127.0.0.1', QUARKUS_HTTP_PORT: String(port), LOG_LEVEL: 'WARN' },
      logFile: join(folder, 'registry.log'),
    });
    await untilConnectable(port, server);
    return { url: `http://127.0.0.1:${port}/apis/ccompat/v7`, stop };
  } catch (error) {
    await stop();
    throw new MillraceError('service_unavailable', `The schema registry does not start: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
