import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MillraceError, messageOf } from '@millrace/sdk';
import { freePort, superviseServer, untilConnectable, type SupervisedServer } from '#tools/services';
import { brokerProperties, clusterId, type BrokerPorts } from './broker-properties.ts';
import { quickJava } from './quick-java.ts';
import { kafkaJars } from './kafka-jars.ts';

const run = promisify(execFile);
const user = 'millrace';

/** How a client gets in. Addresses are `host:port`. */
export interface KafkaAccess {
  /** Without passwords. */
  broker: string;
  /** With SASL: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512. */
  saslBroker: string;
  /** With SASL over TLS. */
  tlsBroker: string;
  user: string;
  password: string;
  /** PEM text: the certificate of `tlsBroker`, for 127.0.0.1, signed by itself. */
  certificate: string;
}

/** A running Kafka that nobody else uses. */
export interface Kafka extends KafkaAccess {
  /** Ends the broker at once (SIGKILL); its data stays. */
  kill(): Promise<void>;
  /** Starts it again on the same ports and data. Resolves when it accepts connections. */
  start(): Promise<void>;
  /** Ends the broker and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a throwaway Kafka 3.9 (KRaft, one node) on free ports of 127.0.0.1 that ends with this process. As by default, whoever uses a topic
 * that is not there makes it, unless he says that he does not want to.
 * @throws MillraceError `service_unavailable` where Java or Kafka cannot be had
 */
export async function startKafka(): Promise<Kafka> {
  const jars = await kafkaJars();
  const folder = await mkdtemp(join(tmpdir(), 'millrace-kafka-'));
  const password = randomBytes(12).toString('hex');
  const ports = {
    plain: await freePort(),
    sasl: await freePort(),
    tls: await freePort(),
    controller: await freePort(),
  };
  let server: SupervisedServer | undefined;
  const start = async () => {
    server = await superviseServer({ ...command(jars, folder), logFile: join(folder, 'kafka.log') });
    await untilConnectable(ports.plain, server);
  };
  const kill = async () => {
    if (!server) return;
    process.kill(server.pid, 'SIGKILL');
    await server.ended;
  };
  const stop = async () => {
    await kill().catch(() => undefined); // it may have ended by itself
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const certificate = await initialize(jars, folder, ports, password);
    await start();
    const at = (port: number): string => `127.0.0.1:${port}`;
    const brokers = { broker: at(ports.plain), saslBroker: at(ports.sasl), tlsBroker: at(ports.tls) };
    return { ...brokers, user, password, certificate, kill, start, stop };
  } catch (error) {
    await stop();
    throw new MillraceError('service_unavailable', `Kafka does not start: ${messageOf(error)}`, { cause: error });
  }
}

async function initialize(jars: string, folder: string, ports: BrokerPorts, password: string): Promise<string> {
  const data = join(folder, 'data');
  await mkdir(data);
  const [keyStore, properties] = [join(folder, 'tls.pem'), join(folder, 'server.properties')];
  const certificate = await selfSigned(folder, keyStore);
  await writeFile(properties, brokerProperties({ folder: data, ports, user, password, keyStore }), { mode: 0o600 });
  const users = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
    '--add-scram',
    `${mechanism}=[name=${user},password=${password}]`,
  ]);
  const format = ['format', '--config', properties, `--cluster-id=${clusterId()}`, ...users];
  await run('java', [...quickJava, '-cp', join(jars, '*'), 'kafka.tools.StorageTool', ...format], { cwd: folder });
  return certificate;
}

function command(jars: string, folder: string): { command: string; args: string[] } {
  const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
  const args = [...quickJava, quiet, '-cp', join(jars, '*'), 'kafka.Kafka', join(folder, 'server.properties')];
  return { command: 'java', args };
}

async function selfSigned(folder: string, keyStore: string): Promise<string> {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=kafka'];
  const files = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
  await run('openssl', ['req', '-x509', ...kind, ...files]);
  const certificate = await readFile(cert, 'utf8');
  await writeFile(keyStore, (await readFile(key, 'utf8')) + certificate, { mode: 0o600 });
  return certificate;
}
