import { MillraceError, messageOf, type ErrorCode, type ErrorOptions } from '@millrace/sdk';
import type { KafkaConfig } from '../config.ts';

type Meaning = [code: ErrorCode, message: (said: string, config: KafkaConfig) => string, options?: ErrorOptions];

const denied: Meaning = [
  'permission_denied',
  (said, { username = 'the user' }) =>
    `Kafka says: ${said} Give ${username} the ACLs that it needs: Read and Describe on topics and on groups of the prefix, Write on topics that are sent to.`,
];
const away: Meaning = [
  'remote_error',
  (said) => `Kafka is not ready: ${said} It is tried again; look after the brokers if this goes on.`,
];

/** By the protocol's error: https://kafka.apache.org/protocol.html#protocol_error_codes */
const byType: Record<string, Meaning> = {
  TOPIC_AUTHORIZATION_FAILED: denied,
  GROUP_AUTHORIZATION_FAILED: denied,
  CLUSTER_AUTHORIZATION_FAILED: denied,
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: denied,
  SASL_AUTHENTICATION_FAILED: [
    'authentication_failed',
    (said) => `Kafka refuses the sign-in: ${said} Check user name, password and mechanism.`,
  ],
  UNSUPPORTED_SASL_MECHANISM: [
    'authentication_failed',
    (said, { sasl }) => `The brokers do not offer ${sasl.toUpperCase()}: ${said} Choose a mechanism that they offer.`,
  ],
  UNKNOWN_TOPIC_OR_PARTITION: [
    'stream_not_found',
    () => 'There is no such topic, or the user may not see it. Make the topic, or grant Describe on it.',
  ],
  INVALID_TOPIC_EXCEPTION: ['invalid_config', (said) => `The name of the topic is not valid: ${said}`],
  MESSAGE_TOO_LARGE: ['row_too_large', (said) => `The broker finds it too large: ${said} Raise max.message.bytes.`],
  RECORD_LIST_TOO_LARGE: ['row_too_large', (said) => `The broker finds it too large: ${said}`],
  UNSUPPORTED_VERSION: [
    'remote_rejected',
    (said) => `The brokers speak another version of the protocol: ${said} Kafka 2.1 or newer is needed.`,
  ],
  COORDINATOR_NOT_AVAILABLE: away,
  GROUP_COORDINATOR_NOT_AVAILABLE: away,
  NOT_ENOUGH_REPLICAS: away,
  LEADER_NOT_AVAILABLE: away,
};

/** The MillraceError of what kafkajs throws: what happened, and what to do. `refused`: what the guarded network refused meanwhile. */
export function kafkaError(thrown: unknown, config: KafkaConfig, refused?: MillraceError): MillraceError {
  if (thrown instanceof MillraceError) return thrown;
  const cause = innermost(thrown);
  if (cause instanceof MillraceError) return cause;
  const said = sentence(messageOf(cause));
  const type = textOf(cause, 'type');
  const known = type && Object.hasOwn(byType, type) ? byType[type] : undefined;
  const [code, message, options] = known ?? (refused ? refusal(refused) : byName(cause, said));
  return new MillraceError(code, message(said, config), {
    cause: thrown,
    ...(type && { details: { type } }),
    ...options,
  });
}

/** The protocol's name of what a broker answered, if it was a broker that refused. */
export function protocolError(thrown: unknown): string | undefined {
  const cause = innermost(thrown);
  return textOf(cause, 'name') === 'KafkaJSProtocolError' ? textOf(cause, 'type') : undefined;
}

function byName(cause: unknown, said: string): Meaning {
  const brokers = (config: KafkaConfig): string => textOf(cause, 'broker') ?? config.brokers.join(', ');
  const name = textOf(cause, 'name') ?? '';
  if (name.includes('SASLAuthentication')) return byType.SASL_AUTHENTICATION_FAILED as Meaning;
  if (/certificate|self.signed|altname|wrong version number|SSL routines/i.test(said)) {
    return [
      'unreachable',
      (text, config) =>
        `TLS with ${brokers(config)} fails: ${text} Check "TLS", the port, the CA certificate and the host name that it is for.`,
      { retryable: false },
    ];
  }
  if (name.includes('Timeout')) {
    return ['timeout', (text, config) => `${brokers(config)} does not answer in time: ${text} It is tried again.`];
  }
  if (/Connection|Broker|Metadata/.test(name)) {
    return [
      'unreachable',
      (text, config) =>
        `${brokers(config)} cannot be reached: ${text} Check the addresses (also those that the brokers advertise), TLS, and that the network lets Millrace through.`,
    ];
  }
  return ['remote_error', (text) => `Kafka reports an error: ${text} It is tried again.`];
}

function refusal({ code, message }: MillraceError): Meaning {
  return [code, () => message];
}

/** kafkajs wraps: the last attempt's error is the cause of "number of retries exceeded". */
function innermost(thrown: unknown): unknown {
  let at = thrown;
  for (let depth = 0; depth < 5 && at instanceof Error && at.cause instanceof Error; depth++) at = at.cause;
  return at;
}

function textOf(thrown: unknown, field: string): string | undefined {
  const value: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, field) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
