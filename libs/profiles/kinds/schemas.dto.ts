import { ApiProperty } from '@nestjs/swagger';
import { recordKindNames, type RecordKindName } from '@millrace/sdk';

export class KindSchemaDto {
  @ApiProperty({ enum: recordKindNames, example: 'order' }) kind!: RecordKindName;
  @ApiProperty({ example: 'Order' }) title!: string;
  @ApiProperty({ example: 'A purchase with its lines.' }) description!: string;

  @ApiProperty({
    description: 'Raised by every change that a valid record of before may not survive.',
    example: 1,
  })
  version!: number;

  @ApiProperty({ description: 'Where the JSON Schema is.', example: '/api/schemas/order' }) schema!: string;
}

export class KindSchemaListDto {
  @ApiProperty({ type: [KindSchemaDto] }) data!: KindSchemaDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
