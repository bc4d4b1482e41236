import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DriftChange, FieldDrift } from './field-drift.ts';
import { jsonTypes, type JsonType } from './json-type.ts';

/** A change of a source's fields as the API shows it. */
export class FieldDriftDto implements FieldDrift {
  @ApiProperty({ example: 'name.first', description: 'As mappings write it.' }) field!: string;
  @ApiProperty({ enum: ['new', 'type', 'gone'], example: 'type' }) change!: DriftChange;
  @ApiProperty({ enum: jsonTypes, isArray: true, example: ['number', 'string'], description: 'What it holds now.' })
  types!: JsonType[];
  @ApiPropertyOptional({ enum: jsonTypes, isArray: true, example: ['number'], description: 'What it held before.' })
  before?: JsonType[];
  @ApiPropertyOptional({ example: 'customers.csv:17', description: 'Where it was met first.' }) example?: string;
  @ApiPropertyOptional({ type: [String], example: ['profile: traits.firstName'] }) readBy?: string[];
  @ApiPropertyOptional({ description: 'It waits for approval.' }) waits?: true;
}
