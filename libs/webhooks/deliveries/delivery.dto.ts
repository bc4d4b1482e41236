import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { ErrorCode } from '@millrace/sdk';
import { IsTime, PageQuery } from '#platform';
import type { DeliveryView, WholeDeliveryView } from './delivery-view.ts';
import type { Replayed } from './kept.ts';

export class DeliveryListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'What the vendor calls it.', example: 'evt_1NG8Du2eZvKYlo2CUI79vXWy' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  deliveryId?: string;

  @ApiPropertyOptional({ description: 'Arrived at or after this ISO time.', example: '2026-03-01T00:00:00Z' })
  @IsOptional()
  @IsTime()
  from?: string;

  @ApiPropertyOptional({ description: 'Arrived before this ISO time.', example: '2026-03-02T00:00:00Z' })
  @IsOptional()
  @IsTime()
  to?: string;
}

export class ReplayWindowDto {
  @ApiProperty({ description: 'Arrived at or after this ISO time.', example: '2026-03-01T00:00:00Z' })
  @IsTime()
  from!: string;

  @ApiProperty({ description: 'Arrived before this ISO time.', example: '2026-03-02T00:00:00Z' })
  @IsTime()
  to!: string;

  @ApiPropertyOptional({ description: 'The `next` of the former answer.', example: 'eyJpZCI6ImNvbl8wMSJ9' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  after?: string;
}

class FaultDto {
  @ApiProperty({ example: 'malformed_row' }) code!: ErrorCode;
  @ApiProperty({ example: 'The body of the delivery is not JSON.' }) message!: string;
}

export class DeliveryDto implements DeliveryView {
  @ApiProperty({ example: 'b1c7…' }) id!: string;
  @ApiProperty({
    description: 'What the vendor calls it, or the hash of its body: a repeat has the same.',
    example: 'evt_1NG8Du2eZvKYlo2CUI79vXWy',
  })
  deliveryId!: string;
  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:00:00.000Z' }) receivedAt!: string;
  @ApiProperty({ description: 'Of the body.', example: 1_204 }) bytes!: number;
  @ApiPropertyOptional({ type: FaultDto, description: 'Why it was not understood as it arrived; it is a reject.' })
  notUnderstood?: FaultDto;
  @ApiPropertyOptional({ description: 'The delivery that this one repeats.', example: 'a07d…' }) replayOf?: string;
}

export class DeliveryListDto {
  @ApiProperty({ type: [DeliveryDto] }) data!: DeliveryDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export class WholeDeliveryDto extends DeliveryDto implements WholeDeliveryView {
  @ApiProperty({ example: 'POST' }) method!: string;
  @ApiProperty({ example: 'https://millrace.example.com/hooks/my-stripe' }) url!: string;
  @ApiProperty({
    type: Object,
    description: 'Without authorization and cookies.',
    example: { 'content-type': 'application/json' },
  })
  headers!: Record<string, string>;
  @ApiProperty({ example: '{"id":"evt_1NG8Du2eZvKYlo2CUI79vXWy"}' }) body!: string;
  @ApiProperty({ enum: ['utf8', 'base64'], example: 'utf8' }) encoding!: 'utf8' | 'base64';
}

export class ReplayedDto implements Replayed {
  @ApiProperty({ description: 'At most 1,000 a request.', example: 1_000 }) replayed!: number;
  @ApiProperty({ type: String, nullable: true, description: 'Pass as `after` for the rest.', example: null })
  next!: string | null;
}
