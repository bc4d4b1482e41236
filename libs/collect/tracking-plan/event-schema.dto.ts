import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsObject } from 'class-validator';
import type { JsonSchema } from '@millrace/sdk';
import { violationPolicies, type ViolationPolicy } from './event-schema.schema.ts';
import type { EventSchemaView } from './event-schemas.ts';

const example = { type: 'object', properties: { order_id: { type: 'string' } }, required: ['order_id'] };

export class PutEventSchemaDto {
  @ApiProperty({
    type: Object,
    description: "JSON Schema of the event's properties, without regular expressions.",
    example,
  })
  @IsObject()
  schema!: JsonSchema;

  @ApiProperty({
    enum: violationPolicies,
    description:
      'warn: an event that does not fit is kept, and its sender is told; reject: it is refused, and becomes a reject.',
    example: 'warn',
  })
  @IsIn(violationPolicies)
  onViolation!: ViolationPolicy;
}

export class EventSchemaDto extends PutEventSchemaDto implements EventSchemaView {
  @ApiProperty({ example: 'Order Completed' }) event!: string;
  @ApiProperty({ description: 'Raised by every change: what `If-Match` names.', example: 1 }) revision!: number;
  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:00:00.000Z' }) updatedAt!: string;
}

export class EventSchemaListDto {
  @ApiProperty({ type: [EventSchemaDto] }) data!: EventSchemaDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
