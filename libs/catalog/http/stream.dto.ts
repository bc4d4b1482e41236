import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonSchema, Mapping } from '@millrace/sdk';
import type { StreamDescription } from '../descriptions/stream-description.ts';

export class StreamDto implements StreamDescription {
  @ApiProperty({ example: 'customers' })
  name!: string;

  @ApiProperty({ example: 'Customers' })
  title!: string;

  @ApiPropertyOptional({ example: 'Everybody who ever bought something.' })
  description?: string;

  @ApiProperty({ description: 'Field paths that name a record; empty: a record is what it contains.', example: ['id'] })
  key!: string[];

  @ApiPropertyOptional({ description: 'Field path that grows with every change.', example: 'updatedAt' })
  cursor?: string;

  @ApiProperty({ description: 'A run can read only what changed.', example: true })
  incremental!: boolean;

  @ApiProperty({ description: 'It can be followed without an end: `read: stream`.', example: false })
  endless!: boolean;

  @ApiProperty({
    description: 'A changed mapping or filter reads it again from the start: that costs no other system anything.',
    example: false,
  })
  replayable!: boolean;

  @ApiProperty({ description: 'It can be read in runs with an end.', example: true })
  finite!: boolean;

  @ApiPropertyOptional({ description: 'JSON Schema of a record.', type: Object, example: { type: 'object' } })
  schema?: JsonSchema;

  @ApiPropertyOptional({
    description: 'Object name → the usual mapping to it.',
    type: Object,
    example: { profile: { 'identities.email': 'email | trim | lower', 'traits.firstName': 'first_name' } },
  })
  outputs?: Record<string, Mapping>;
}
