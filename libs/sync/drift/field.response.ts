import { ApiProperty } from '@nestjs/swagger';
import type { KnownField } from './field.schema.ts';
import { jsonTypes, type JsonType } from './json-type.ts';

/** A known field as the API shows it. */
export class FieldResponse {
  @ApiProperty({ example: 'name.first', description: 'As mappings write it.' }) path!: string;
  @ApiProperty({
    enum: jsonTypes,
    isArray: true,
    example: ['string'],
    description: 'What it was seen to hold; empty: only null so far.',
  })
  types!: JsonType[];
  @ApiProperty({ description: 'Many rows do not have it.', example: false }) optional!: boolean;
  @ApiProperty({ example: '2026-01-05T06:00:12.000Z' }) firstSeen!: string;
  @ApiProperty({ description: 'When a run last met it.', example: '2026-02-05T06:00:12.000Z' }) lastSeen!: string;
  @ApiProperty({
    type: [String],
    example: ['profile: traits.firstName'],
    description: 'Targets of the mapping, the key, the cursor or the filter.',
  })
  readBy!: string[];

  static of({ path, types, optional, firstSeen, lastSeen }: KnownField, readBy: string[]): FieldResponse {
    return {
      path,
      types: [...types].sort(),
      optional: optional ?? false,
      firstSeen: firstSeen.toISOString(),
      lastSeen: lastSeen.toISOString(),
      readBy,
    };
  }
}

export class FieldListResponse {
  @ApiProperty({ type: [FieldResponse] }) data!: FieldResponse[];
  @ApiProperty({ type: String, nullable: true, description: 'Pass as `after` for the next page.' }) next!:
    string | null;
}
