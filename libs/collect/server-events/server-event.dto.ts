import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import type { ErrorCode } from '@millrace/sdk';
import type { Rejection, Warning } from '../collector/index.ts';
import { serverEventTypes, type ServerEventType } from './message-parts.ts';

const line = { product: 'P-1', name: 'Shoe', quantity: 1, price: 49.9 };

/** Each is read by itself, so that a bad one harms no other. */
export class ServerEventDto {
  @ApiProperty({ enum: serverEventTypes, example: 'purchase' }) type!: ServerEventType;

  @ApiPropertyOptional({
    description: 'Recognises a repeat, for as long as the inbox keeps events.',
    maxLength: 100,
    example: 'order-1001',
  })
  id?: string;

  @ApiPropertyOptional({ description: 'The person. This or `anonymousId` has to be there.', example: '17' })
  userId?: string;
  @ApiPropertyOptional({ example: '5c1e5b1e-5f0e-4d3c-9f43-6c9b3f4f1c55' }) anonymousId?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Default: now.', example: '2026-03-01T09:00:00Z' })
  at?: string;

  @ApiPropertyOptional({
    type: Object,
    description: 'traits: the fields that changed; `email` and `phone` also name the person.',
    example: { email: 'ann@example.com', plan: 'pro' },
  })
  traits?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: Object,
    description: 'purchase.',
    example: { id: '1001', total: 49.9, currency: 'EUR', lines: [line] },
  })
  order?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: Object,
    description: 'cart_abandonment.',
    example: { id: 'c-7', total: 49.9, currency: 'EUR', lines: [line] },
  })
  cart?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: Object,
    description: 'page_visit.',
    example: { url: 'https://shop.example.com/', title: 'Shop' },
  })
  page?: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'event: its name.', example: 'Contract Signed' }) name?: string;
  @ApiPropertyOptional({ type: Object, description: 'event.', example: { months: 12 } }) properties?: Record<
    string,
    unknown
  >;
  @ApiPropertyOptional({ description: 'consent.', example: 'email' }) channel?: string;
  @ApiPropertyOptional({ description: 'consent.', example: 'newsletter' }) purpose?: string;
  @ApiPropertyOptional({ description: 'consent.', enum: ['granted', 'denied'], example: 'granted' }) state?: string;
  @ApiPropertyOptional({ description: 'consent: what proves it.', example: 'form of 2026-03-01' }) evidence?: string;
}

export class ServerEventsDto {
  @ApiProperty({ type: [ServerEventDto], maxItems: 1_000 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  events!: unknown[];
}

export class RejectionDto implements Rejection {
  @ApiProperty({ description: 'Its place in the request, from 0.', example: 3 }) index!: number;
  @ApiPropertyOptional({ example: 'order-1001' }) messageId?: string;
  @ApiProperty({ type: String, example: 'invalid_row' }) code!: ErrorCode;
  @ApiProperty({ example: '"order.id" is empty: a purchase needs it.' }) message!: string;
}

export class EventWarningDto implements Warning {
  @ApiProperty({ description: 'Its place in the request, from 0.', example: 3 }) index!: number;
  @ApiProperty({ example: 'It does not fit the schema of its event: months must be integer.' }) message!: string;
}

export class CollectedDto {
  @ApiProperty({ description: 'Events that are kept, repeats included.', example: 2 }) kept!: number;
  @ApiProperty({ type: [RejectionDto] }) rejected!: RejectionDto[];
  @ApiProperty({ type: [EventWarningDto] }) warnings!: EventWarningDto[];
}
