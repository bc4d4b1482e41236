import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { Condition, Mapping, WriteMode } from '@millrace/sdk';
import type { Delivery, DriftPolicy, ReadMode, Schedule } from './sync.schema.ts';

const writeModes: WriteMode[] = ['upsert', 'insert', 'update', 'mirror', 'delete'];

export class FromDto {
  @ApiProperty({
    description: 'Id or slug of a connection; `profiles` is the profile store.',
    example: 'shop-customers',
  })
  @IsString()
  @Length(1, 100)
  connection!: string;

  @ApiProperty({ description: 'What is read.', example: 'rows' })
  @IsString()
  @Length(1, 300)
  stream!: string;

  @ApiPropertyOptional({ description: "Fields that name a row, instead of the stream's own.", example: ['id'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  key?: string[];

  @ApiPropertyOptional({
    description: "The field that grows with every change, instead of the stream's own.",
    example: 'updated_at',
  })
  @IsOptional()
  @IsString()
  @Length(1, 300)
  cursor?: string;
}

export class ToDto {
  @ApiProperty({ description: 'Id or slug of a connection; `profiles` is the profile store.', example: 'profiles' })
  @IsString()
  @Length(1, 100)
  connection!: string;

  @ApiPropertyOptional({
    description: 'What is written. Absent: the objects that the stream, or `outputs`, names.',
    example: 'profile',
  })
  @IsOptional()
  @IsString()
  @Length(1, 300)
  object?: string;
}

export class SyncDto {
  @ApiProperty({ example: 'Shop customers' })
  @IsString()
  @Length(1, 200)
  name!: string;

  @ApiPropertyOptional({ description: 'A name for URLs and configuration as code.', example: 'shop-customers' })
  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9-]{0,62}$/, { message: 'slug must be lower case letters, digits and hyphens' })
  slug?: string;

  @ApiProperty({ type: FromDto })
  @IsObject()
  @ValidateNested()
  @Type(() => FromDto)
  from!: FromDto;

  @ApiProperty({ type: ToDto })
  @IsObject()
  @ValidateNested()
  @Type(() => ToDto)
  to!: ToDto;

  @ApiPropertyOptional({
    type: Object,
    description: 'How a row becomes a record of `to.object`: target → path and transforms.',
    example: { 'identities.email': 'email | trim | lower', 'traits.firstName': 'first_name' },
  })
  @IsOptional()
  @IsObject()
  mapping?: Mapping;

  @ApiPropertyOptional({
    type: Object,
    description: 'Several objects from one read: object → mapping. Instead of `mapping`.',
    example: { profile: { 'identities.email': 'email' } },
  })
  @IsOptional()
  @IsObject()
  outputs?: Record<string, Mapping>;

  @ApiPropertyOptional({
    type: Object,
    description: 'Only rows for which this holds.',
    example: { field: 'traits.country', is: 'equals', value: 'Brazil' },
  })
  @IsOptional()
  @IsObject()
  filter?: Condition;

  @ApiPropertyOptional({
    enum: ['full', 'incremental', 'stream'],
    description:
      'Default: incremental where the stream has a cursor. `stream` follows an endless stream without a schedule, and is the default where the stream has no end.',
  })
  @IsOptional()
  @IsIn(['full', 'incremental', 'stream'])
  read?: ReadMode;

  @ApiPropertyOptional({
    description: 'With `read: stream`: subscribers that share its partitions or shards. Default: 1.',
    example: 2,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(64)
  consumers?: number;

  @ApiPropertyOptional({ enum: writeModes, description: "How it is written. Default: the object's first mode." })
  @IsOptional()
  @IsIn(writeModes)
  mode?: WriteMode;

  @ApiPropertyOptional({
    enum: ['atLeastOnce', 'atMostOnce'],
    description:
      'Where a repeat would be a duplicate: is a batch whose fate is unknown sent again? Default: atLeastOnce.',
  })
  @IsOptional()
  @IsIn(['atLeastOnce', 'atMostOnce'])
  delivery?: Delivery;

  @ApiPropertyOptional({
    enum: ['ignore', 'add', 'pause'],
    description: 'What a new or changed field of the source does. Default: add (it is noted and reported).',
  })
  @IsOptional()
  @IsIn(['ignore', 'add', 'pause'])
  drift?: DriftPolicy;

  @ApiPropertyOptional({
    type: Object,
    description:
      '`{ "cron": "0 6 * * *", "timeZone": "Europe/Berlin" }` or `{ "every": "15m" }` or `{ "after": "another-sync" }`.',
    example: { every: '15m' },
  })
  @IsOptional()
  @IsObject()
  schedule?: Schedule;

  @ApiPropertyOptional({ type: [String], example: ['shop'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  labels?: string[];

  @ApiPropertyOptional({ description: 'A paused sync is not started by its schedule.' })
  @IsOptional()
  @IsBoolean()
  paused?: boolean;
}

export class SyncChangeDto extends PartialType(SyncDto, { skipNullProperties: false }) {}
