import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Field, IsTime } from '@millrace/sdk';

export const saslMechanisms = ['none', 'plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type SaslMechanism = (typeof saslMechanisms)[number];
export const tlsModes = ['disable', 'require', 'verify-full'] as const;
export type TlsMode = (typeof tlsModes)[number];
export const compressions = ['none', 'gzip', 'snappy'] as const;
export type Compression = (typeof compressions)[number];

const pem = (what: string): { message: string } => ({ message: `${what} must be PEM text with -----BEGIN …-----` });

/** A schema registry that speaks Confluent's REST API. */
export class RegistryConfig {
  @Field({ title: 'Address', bindsSecrets: true, place: false, examples: ['https://registry.example.com'] })
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  url!: string;

  @Field({ title: 'User name', description: 'Of basic authentication; an API key at Confluent Cloud.' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  username?: string;

  @Field({ title: 'Password', secret: true })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  password?: string;
}

/** What is sent to one topic, where that is not plain JSON. */
export class TopicSchemaConfig {
  @Field({ title: 'Topic', examples: ['customers'] })
  @Matches(/^[\w.-]{1,249}$/, { message: 'topic must be letters, digits, dots, _ and -' })
  topic!: string;

  @Field({ title: 'Kind of schema' })
  @IsIn(['avro', 'json-schema'])
  type: 'avro' | 'json-schema' = 'avro';

  @Field({
    title: 'Schema',
    description: 'JSON text. Without: the newest schema of the subject is used.',
    multiline: true,
  })
  @IsOptional()
  @IsString()
  @MaxLength(200_000)
  schema?: string;

  @Field({ title: 'Subject', description: 'Without: the topic and "-value".', examples: ['customers-value'] })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  subject?: string;

  @Field({ title: 'Register the schema', description: 'Where the registry does not have it yet.' })
  @IsBoolean()
  register: boolean = false;
}

export class KafkaConfig {
  @Field({
    title: 'Brokers',
    description: 'Host and port of some; the others are learned from them.',
    bindsSecrets: true,
    examples: [['kafka-1.example.com:9092', 'kafka-2.example.com:9092']],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @Matches(/^(\[[0-9A-Fa-f:.]+\]|[\w.-]{1,253}):\d{1,5}$/, {
    each: true,
    message: 'each broker must be a host and a port, such as kafka.example.com:9092',
  })
  brokers!: string[];

  @Field({
    title: 'TLS',
    description: 'verify-full checks the certificate and the host name.',
    bindsSecrets: true,
    place: false,
  })
  @IsIn(tlsModes)
  tls: TlsMode = 'verify-full';

  @Field({
    title: 'CA certificate',
    description: 'PEM text, where the brokers have certificates of a CA of your own.',
    multiline: true,
    bindsSecrets: true,
    place: false,
  })
  @IsOptional()
  @Matches(/-----BEGIN CERTIFICATE-----/, pem('ca'))
  ca?: string;

  @Field({ title: 'Client certificate', description: 'PEM text, for mutual TLS.', multiline: true })
  @IsOptional()
  @Matches(/-----BEGIN CERTIFICATE-----/, pem('certificate'))
  certificate?: string;

  @Field({ title: 'Key of the client certificate', description: 'PEM text.', multiline: true, secret: true })
  @IsOptional()
  @Matches(/-----BEGIN [A-Z ]*PRIVATE KEY-----/, pem('certificateKey'))
  certificateKey?: string;

  @Field({ title: 'Authentication (SASL)' })
  @IsIn(saslMechanisms)
  sasl: SaslMechanism = 'none';

  @Field({ title: 'User name' })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  username?: string;

  @Field({ title: 'Password', secret: true })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  password?: string;

  @Field({ title: 'Client id', description: 'What the brokers call this client in their logs and quotas.' })
  @Matches(/^[\w.-]{1,100}$/, { message: 'clientId must be letters, digits, dots, _ and -' })
  clientId: string = 'millrace';

  @Field({
    title: 'Prefix of consumer groups',
    description: 'A sync reads as the group of this prefix and its id: for ACLs.',
  })
  @Matches(/^[\w.-]{0,100}$/, { message: 'groupPrefix must be letters, digits, dots, _ and -' })
  groupPrefix: string = 'millrace-';

  @Field({
    title: 'Begin at',
    description: 'Where a sync begins that has read nothing of a topic yet. Later it goes on where it was.',
  })
  @IsIn(['beginning', 'latest', 'timestamp'])
  from: 'beginning' | 'latest' | 'timestamp' = 'beginning';

  @Field({
    title: 'Begin at the time',
    description: 'Of "timestamp": the first messages that are not older.',
    examples: ['2026-01-01T00:00:00Z'],
  })
  @IsOptional()
  @IsTime()
  fromTime?: string;

  @Field({
    title: 'When messages are gone',
    description:
      'What to do when the next messages were removed before they were read (retention), or the topic was made anew. fail: stop and tell; beginning, latest: go on there, and tell.',
  })
  @IsIn(['fail', 'beginning', 'latest'])
  whenGone: 'fail' | 'beginning' | 'latest' = 'fail';

  @Field({ title: 'Values', description: 'Of messages without a schema id: JSON, or text as it is.' })
  @IsIn(['json', 'text'])
  values: 'json' | 'text' = 'json';

  @Field({ title: 'Keys', description: 'Of messages without a schema id: JSON, or text as it is.' })
  @IsIn(['json', 'text'])
  keys: 'json' | 'text' = 'text';

  @Field({ title: 'Bytes of a fetch', description: 'At most so much is asked of a broker at a time, and held.' })
  @IsInt()
  @Min(65_536)
  @Max(52_428_800)
  fetchBytes: number = 4_194_304;

  @Field({ title: 'Schema registry', description: 'For Avro and JSON Schema.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => RegistryConfig)
  registry?: RegistryConfig;

  @Field({ title: 'Topic', description: 'Where rows are sent whose mapping names no topic.', place: true })
  @IsOptional()
  @Matches(/^[\w.-]{1,249}$/, { message: 'topic must be letters, digits, dots, _ and -' })
  topic?: string;

  @Field({ title: 'Schemas', description: 'Of topics that are sent to with a schema; to others goes plain JSON.' })
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TopicSchemaConfig)
  schemas: TopicSchemaConfig[] = [];

  @Field({ title: 'Compression', description: 'Of what is sent. What is read may be lz4 and zstd, too.' })
  @IsIn(compressions)
  compression: Compression = 'none';

  @Field({
    title: 'Bytes of a message',
    description: 'Larger ones are rejected before they are sent: the topic’s max.message.bytes.',
  })
  @IsInt()
  @Min(1_000)
  @Max(50_000_000)
  maxMessageBytes: number = 1_000_000;

  @Field({ title: 'Seconds to wait for an answer' })
  @IsInt()
  @Min(1)
  @Max(300)
  timeoutSeconds: number = 30;
}
