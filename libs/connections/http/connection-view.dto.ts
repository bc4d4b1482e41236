import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ErrorCode } from '@millrace/sdk';
import { ObjectDto, StreamDto } from '#catalog';
import type { JsonObject } from '../config/split-secrets.ts';
import type { ConnectionNotice, ConnectionView } from '../connection-view.ts';
import type { CheckResult } from '../probes/connection-probes.ts';

class ConnectionCheckDto {
  @ApiProperty({ example: false })
  ok!: boolean;

  @ApiPropertyOptional({ example: 'authentication_failed' })
  code?: ErrorCode;

  @ApiPropertyOptional({
    description: 'Why it does not work and what to do.',
    example: 'The other side refused the credentials. Enter them again.',
  })
  message?: string;
}

export class CheckDto extends ConnectionCheckDto implements CheckResult {
  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' })
  at!: string;
}

class SignedInDto {
  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:05:00.000Z' })
  at!: string;

  @ApiProperty({ description: 'The key by which the link was asked for.', example: 'Jo' })
  by!: string;
}

class ConnectionNoticeDto implements ConnectionNotice {
  @ApiProperty({ enum: ['moved_unsaid'] })
  code!: 'moved_unsaid';

  @ApiProperty({ description: 'What follows from the change, and what to do if that is not meant.' })
  message!: string;
}

export class ConnectionDto implements ConnectionView {
  @ApiProperty({ example: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  id!: string;

  @ApiPropertyOptional({ example: 'shop-db' })
  slug?: string;

  @ApiProperty({ example: 'Shop database' })
  name!: string;

  @ApiProperty({ example: 'postgres' })
  connector!: string;

  @ApiProperty({ description: 'When the configuration was last changed.', example: '1.0.0' })
  connectorVersion!: string;

  @ApiProperty({
    description: 'Secrets are null, and never shown.',
    type: Object,
    example: { host: 'db.example.com', database: 'shop', user: 'millrace', password: null },
  })
  config!: JsonObject;

  @ApiProperty({ description: 'Paths of the secrets that there are.', example: ['password'] })
  secretsSet!: string[];

  @ApiProperty({ description: 'Raised by every change of the configuration.', example: 1 })
  revision!: number;

  @ApiProperty({
    description: 'Raised by every change, of the name, the slug and the labels too: what `If-Match` names.',
    example: 1,
  })
  edition!: number;

  @ApiProperty({ description: 'Raised when it is said to lead to another place (`moved`).', example: 1 })
  place!: number;

  @ApiProperty({ example: ['shop', 'eu'] })
  labels!: string[];

  @ApiProperty({ description: 'Part of Millrace: always there, not to be changed.', example: false })
  builtIn!: boolean;

  @ApiProperty({ description: 'Whether its connector is.', example: true })
  enabled!: boolean;

  @ApiPropertyOptional({ description: 'Why it is not enabled.', example: 'the vendor throttles us' })
  reason?: string;

  @ApiPropertyOptional({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' })
  createdAt?: string;

  @ApiPropertyOptional({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' })
  updatedAt?: string;

  @ApiPropertyOptional({ format: 'date-time', example: '2025-03-01T09:01:00.000Z' })
  checkedAt?: string;

  @ApiPropertyOptional({ description: 'What the last check found.', type: ConnectionCheckDto })
  check?: ConnectionCheckDto;

  @ApiPropertyOptional({ description: 'The last sign-in at the vendor’s page (`POST …/sign-in`).', type: SignedInDto })
  signedIn?: SignedInDto;

  @ApiPropertyOptional({ description: 'What is odd about a change, in the answer to it.', type: [ConnectionNoticeDto] })
  notices?: ConnectionNoticeDto[];
}

export class ConnectionListDto {
  @ApiProperty({ type: [ConnectionDto] })
  data!: ConnectionDto[];

  @ApiProperty({ type: String, nullable: true, example: 'ImNvbl8wMUpEM1Y3USI' })
  next!: string | null;
}

export class StreamListDto {
  @ApiProperty({ type: [StreamDto] })
  data!: StreamDto[];

  @ApiProperty({ type: String, nullable: true, example: null })
  next!: string | null;
}

export class ObjectListDto {
  @ApiProperty({ type: [ObjectDto] })
  data!: ObjectDto[];

  @ApiProperty({ type: String, nullable: true, example: null })
  next!: string | null;
}
