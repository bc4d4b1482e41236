import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Field } from '@millrace/sdk';

export const sslModes = ['disable', 'prefer', 'require', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

/** A query that is read like a table. */
export class QueryConfig {
  @Field({ title: 'Name', description: 'Of the stream.', examples: ['active_customers'] })
  @Matches(/^[A-Za-z][\w-]{0,62}$/, { message: 'name must be letters, digits, _ and -, beginning with a letter' })
  name!: string;

  @Field({
    title: 'SQL',
    description: 'One SELECT, without ORDER BY; it is read as a subselect.',
    multiline: true,
    examples: ['SELECT id, email, updated_at FROM customers WHERE active'],
  })
  @IsString()
  @MinLength(1)
  @MaxLength(20_000)
  sql!: string;

  @Field({ title: 'Key columns', description: 'Without: the query is read in one pass.', examples: [['id']] })
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  key?: string[];

  @Field({ title: 'Cursor column', description: 'Grows with every change.', examples: ['updated_at'] })
  @IsOptional()
  @IsString()
  cursor?: string;
}

export class PostgresConfig {
  @Field({ title: 'Host', bindsSecrets: true, examples: ['db.example.com'] })
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  host!: string;

  @Field({ title: 'Port', bindsSecrets: true })
  @IsInt()
  @Min(1)
  @Max(65_535)
  port: number = 5432;

  @Field({ title: 'Database', place: true, examples: ['shop'] })
  @IsString()
  @MinLength(1)
  database!: string;

  @Field({ title: 'User', description: 'Best one that may only read.', examples: ['millrace_reader'] })
  @IsString()
  @MinLength(1)
  user!: string;

  @Field({ title: 'Password', secret: true })
  @IsOptional()
  @IsString()
  password?: string;

  @Field({ title: 'Schemas', description: 'The tables and views of these are offered as streams.' })
  @IsArray()
  @ArrayMinSize(1)
  @IsString({ each: true })
  schemas: string[] = ['public'];

  @Field({
    title: 'TLS',
    description:
      'disable: none. prefer: if the server has it. require: always, whatever its certificate. verify-full: the certificate must be valid for the host.',
    bindsSecrets: true,
    place: false,
  })
  @IsIn(sslModes)
  ssl: SslMode = 'prefer';

  @Field({
    title: 'CA certificate',
    description: 'PEM text, for verify-full with a CA of your own.',
    multiline: true,
    bindsSecrets: true,
    place: false,
  })
  @IsOptional()
  @Matches(/-----BEGIN CERTIFICATE-----/, { message: 'ca must be PEM text with -----BEGIN CERTIFICATE-----' })
  ca?: string;

  @Field({ title: 'Seconds a statement may take' })
  @IsInt()
  @Min(1)
  @Max(86_400)
  statementTimeoutSeconds: number = 300;

  @Field({
    title: 'Seconds to look back',
    description:
      'Incremental reads begin so much before the last cursor, for transactions that commit late. Of numbers: units.',
  })
  @IsInt()
  @Min(0)
  @Max(604_800)
  lookbackSeconds: number = 0;

  @Field({ title: 'Queries', description: 'Read like tables, in read-only transactions.' })
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => QueryConfig)
  queries: QueryConfig[] = [];
}
