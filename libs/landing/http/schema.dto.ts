import { ApiProperty } from '@nestjs/swagger';
import type { FieldType, InferredSchema, SeenField } from '../schema-on-read/index.ts';

export class SeenFieldDto implements SeenField {
  @ApiProperty({ description: 'As in mappings.', example: 'address.city' }) path!: string;
  @ApiProperty({ type: Object, description: 'Type → values seen.', example: { text: 58, null: 1 } })
  types!: Partial<Record<FieldType, number>>;
  @ApiProperty({ description: 'Share of the rows in which it says something.', example: 0.98 }) filled!: number;
  @ApiProperty({ description: 'How its texts look; letters and digits are masked.', example: ['xxx@xxxxx.xxx'] })
  shapes!: string[];
}

export class InferredSchemaDto implements InferredSchema {
  @ApiProperty({ description: 'Rows that were looked at: the last to change, 1,000 at most.', example: 59 })
  sampled!: number;
  @ApiProperty({ description: 'Not every row or field was looked at.', example: false }) partial!: boolean;
  @ApiProperty({ type: [SeenFieldDto] }) fields!: SeenFieldDto[];
}
