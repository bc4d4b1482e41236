import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
} from 'class-validator';
import { Field, IsTime } from '@millrace/sdk';

export const starts = ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'] as const;
export type Start = (typeof starts)[number];

export class KinesisConfig {
  @Field({ title: 'Region', bindsSecrets: true, examples: ['eu-central-1'] })
  @Matches(/^[a-z]{2}(-[a-z]+)+-\d$/, { message: 'region must be the code of an AWS region, such as eu-central-1' })
  region!: string;

  @Field({
    title: 'Streams',
    description: 'Names or ARNs. Without: all that the account lists, which costs a request at each start.',
    examples: [['clicks']],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @Matches(/^([a-zA-Z0-9_.-]{1,128}|arn:[\w-]+:kinesis:[\w-]+:\d{12}:stream\/[a-zA-Z0-9_.-]{1,128})$/, {
    each: true,
    message: 'streams must be names or ARNs of data streams',
  })
  streams?: string[];

  @Field({
    title: 'Credentials',
    description:
      'keys: those given here. environment: those of the server (variables, profile, web identity, container or instance role).',
  })
  @IsIn(['keys', 'environment'])
  credentials: 'keys' | 'environment' = 'keys';

  @Field({ title: 'Access key id', examples: ['AKIAIOSFODNN7EXAMPLE'] })
  @IsOptional()
  @IsString()
  @MinLength(1)
  accessKeyId?: string;

  @Field({ title: 'Secret access key', secret: true })
  @IsOptional()
  @IsString()
  @MinLength(1)
  secretAccessKey?: string;

  @Field({ title: 'Session token', description: 'Of temporary credentials.', secret: true })
  @IsOptional()
  @IsString()
  @MinLength(1)
  sessionToken?: string;

  @Field({
    title: 'Endpoint',
    description: 'Instead of the one of the region: a VPC endpoint, or a server that speaks the same protocol.',
    bindsSecrets: true,
    examples: ['https://vpce-0a1b2c.kinesis.eu-central-1.vpce.amazonaws.com'],
  })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  endpoint?: string;

  @Field({
    title: 'Begin at',
    description: 'Where a shard is begun of which nothing was read yet. TRIM_HORIZON: its oldest record.',
  })
  @IsIn(starts)
  start: Start = 'TRIM_HORIZON';

  @Field({ title: 'Begin at time', description: 'Of AT_TIMESTAMP.', examples: ['2026-01-31T00:00:00Z'] })
  @IsOptional()
  @IsTime()
  startAt?: string;

  @Field({ title: 'Format', description: 'Of the records; gzip is recognised.' })
  @IsIn(['json', 'text'])
  format: 'json' | 'text' = 'json';

  @Field({
    title: 'Milliseconds between two reads',
    description: 'Of a shard that has nothing new. A shard allows five reads a second to all its consumers together.',
  })
  @IsInt()
  @Min(200)
  @Max(60_000)
  pollMilliseconds: number = 500;
}
