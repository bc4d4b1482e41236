import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DestinationObject, JsonSchema, Mapping, WriteMode } from '@millrace/sdk';
import type { ObjectDescription } from '../descriptions/object-description.ts';

class ObjectBatchDto {
  @ApiProperty({ example: 1000 })
  records!: number;

  @ApiProperty({ example: 1000000 })
  bytes!: number;
}

export class ObjectDto implements ObjectDescription {
  @ApiProperty({ example: 'contact' })
  name!: string;

  @ApiProperty({ example: 'Contact' })
  title!: string;

  @ApiPropertyOptional({ example: 'A person in the address book.' })
  description?: string;

  @ApiProperty({ description: 'Fields of the mapped record that name it there.', example: ['email'] })
  key!: string[];

  @ApiProperty({
    enum: ['upsert', 'insert', 'update', 'mirror', 'delete'],
    isArray: true,
    example: ['upsert', 'delete'],
  })
  modes!: WriteMode[];

  @ApiPropertyOptional({ description: 'JSON Schema of a mapped record.', type: Object, example: { type: 'object' } })
  schema?: JsonSchema;

  @ApiProperty({
    description:
      'natural: a repeat by key changes nothing; key: a repeated batch is recognised; none: a repeat is a duplicate.',
    enum: ['natural', 'key', 'none'],
    example: 'natural',
  })
  idempotency!: DestinationObject['idempotency'];

  @ApiPropertyOptional({
    description: 'Each run puts its rows in the place of those of the run before: only whole runs are allowed.',
    example: true,
  })
  startsAnew?: boolean;

  @ApiProperty({ description: 'Limits of one push.', type: ObjectBatchDto })
  batch!: ObjectBatchDto;

  @ApiPropertyOptional({
    description: 'The usual mapping from a profile.',
    type: Object,
    example: { email: 'identities.email' },
  })
  mapping?: Mapping;
}
