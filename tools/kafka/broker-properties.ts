import { randomBytes } from 'node:crypto';

/** Ports of the listeners: without anything, with passwords, with passwords over TLS. */
export interface BrokerPorts {
  plain: number;
  sasl: number;
  tls: number;
  controller: number;
}

export interface BrokerSettings {
  folder: string;
  ports: BrokerPorts;
  user: string;
  password: string;
  /** PEM file with the key and the certificate of the TLS listener. */
  keyStore: string;
}

/** A broker's id of its cluster: 16 bytes in base64. */
export const clusterId = (): string => randomBytes(16).toString('base64url');

/** `server.properties` of one node that is broker and controller, with short waits; all on 127.0.0.1. */
export function brokerProperties({ folder, ports, user, password, keyStore }: BrokerSettings): string {
  const listeners = {
    PLAIN: ports.plain,
    SASL: ports.sasl,
    SASLTLS: ports.tls,
    CONTROLLER: ports.controller,
  };
  const addresses = Object.entries(listeners).map(([name, port]) => `${name}://127.0.0.1:${port}`);
  const plainLogin = 'org.apache.kafka.common.security.plain.PlainLoginModule';
  const scramLogin = 'org.apache.kafka.common.security.scram.ScramLoginModule';
  const logins = ['sasl', 'sasltls'].flatMap((listener) => [
    [
      `listener.name.${listener}.plain.sasl.jaas.config`,
      `${plainLogin} required username="${user}" password="${password}" user_${user}="${password}";`,
    ],
    [`listener.name.${listener}.scram-sha-256.sasl.jaas.config`, `${scramLogin} required;`],
    [`listener.name.${listener}.scram-sha-512.sasl.jaas.config`, `${scramLogin} required;`],
    [`listener.name.${listener}.sasl.enabled.mechanisms`, 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512'],
  ]);
  const settings = [
    ['process.roles', 'broker,controller'],
    ['node.id', '1'],
    ['controller.quorum.voters', `1@127.0.0.1:${ports.controller}`],
    ['controller.listener.names', 'CONTROLLER'],
    ['inter.broker.listener.name', 'PLAIN'],
    ['listeners', addresses.join(',')],
    ['advertised.listeners', addresses.slice(0, -1).join(',')],
    ['listener.security.protocol.map', 'PLAIN:PLAINTEXT,SASL:SASL_PLAINTEXT,SASLTLS:SASL_SSL,CONTROLLER:PLAINTEXT'],
    ...logins,
    ['listener.name.sasltls.ssl.keystore.type', 'PEM'],
    ['listener.name.sasltls.ssl.keystore.location', keyStore],
    ['log.dirs', folder],
    ['offsets.topic.replication.factor', '1'],
    ['offsets.topic.num.partitions', '1'],
    ['transaction.state.log.replication.factor', '1'],
    ['transaction.state.log.min.isr', '1'],
    ['transaction.state.log.num.partitions', '1'],
    ['group.initial.rebalance.delay.ms', '0'],
    ['group.min.session.timeout.ms', '1000'],
    ['log.retention.ms', '-1'], // specs send messages of long ago
  ];
  return settings.map(([name, value]) => `${name}=${value}\n`).join('');
}
