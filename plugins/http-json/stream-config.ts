import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Field, type AnswerFormat, type Json } from '@millrace/sdk';
import { PagingConfig } from './paging-config.ts';

/** Asks only for what changed. */
export class SinceConfig {
  @Field({ title: 'Parameter', examples: ['updated_after'] })
  @IsString()
  param!: string;

  @Field({
    title: 'Format',
    description: 'iso, epoch (seconds) or epochMs. Without: as the API itself wrote the cursor.',
  })
  @IsOptional()
  @IsIn(['iso', 'epoch', 'epochMs'])
  format?: 'iso' | 'epoch' | 'epochMs';

  @Field({
    title: 'Expression',
    description: 'What the parameter says, where that is more than the value, which stands in it as {since}.',
    examples: ['greater-or-equal(updated,{since})'],
  })
  @IsOptional()
  @Matches(/\{since\}/, { message: 'expression must have {since} where the value belongs' })
  expression?: string;

  @Field({
    title: 'Look back',
    description:
      'Asks from so much earlier (seconds of times, units of numbers), for rows that share the last value: many APIs leave out what has the value itself. Without: 1 where there is a format, else 0. A time without a format is then sent as ISO in UTC.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(604_800)
  lookback?: number;
}

export class StreamConfig {
  @Field({ title: 'Name', examples: ['contacts'] })
  @Matches(/^[A-Za-z][\w.-]{0,62}$/, { message: 'name must be letters, digits, _, . and -, beginning with a letter' })
  name!: string;

  @Field({
    title: 'Path',
    description: 'Relative to the base URL. With "For each record of", that record’s fields stand in braces.',
    examples: ['/contacts', '/customers/{id}/orders'],
  })
  @IsString()
  path!: string;

  @Field({
    title: 'For each record of',
    description: 'Another stream: the path is asked for once for each of its records.',
    examples: ['customers'],
  })
  @IsOptional()
  @IsString()
  each?: string;

  @Field({
    title: 'Fields of that record',
    description: 'What each record gets from it: name and path.',
    examples: [{ customerId: 'id' }],
  })
  @IsOptional()
  @IsObject()
  adds?: Record<string, string>;

  @Field({ title: 'Method', description: 'POST puts body, paging and since into a JSON body.' })
  @IsIn(['GET', 'POST'])
  method: 'GET' | 'POST' = 'GET';

  @Field({ title: 'Parameters', description: 'Of the query.', examples: [{ status: 'active' }] })
  @IsOptional()
  @IsObject()
  params?: Record<string, string | number | boolean>;

  @Field({ title: 'Body', description: 'Of a POST.' })
  @IsOptional()
  @IsObject()
  body?: Record<string, Json>;

  @Field({
    title: 'Format',
    description:
      'What the answers are written in: json, jsonl (an object a line) or csv (the first line names the columns).',
  })
  @IsIn(['json', 'jsonl', 'csv'])
  format: AnswerFormat = 'json';

  @Field({ title: 'Delimiter', description: 'Of CSV: one character, or tab. Without: a comma.', examples: [';'] })
  @IsOptional()
  @IsString()
  delimiter?: string;

  @Field({
    title: 'Path of the records',
    description: 'Of JSON. Without: the answer is the list.',
    examples: ['data.items'],
  })
  @IsOptional()
  @IsString()
  records?: string;

  @Field({
    title: 'Key fields',
    description: 'Name a record. Without: a record is what it contains.',
    examples: [['id']],
  })
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  key?: string[];

  @Field({ title: 'Cursor field', description: 'Grows with every change.', examples: ['updatedAt'] })
  @IsOptional()
  @IsString()
  cursor?: string;

  @Field({ title: 'Since', description: 'How the API is asked for changes since the last run; needs a cursor field.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => SinceConfig)
  since?: SinceConfig;

  @Field({ title: 'Paging', description: 'Without: everything comes in one answer.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PagingConfig)
  paging?: PagingConfig;
}
