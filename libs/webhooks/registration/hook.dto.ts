import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { HookView, RegistrationView } from './hook-view.ts';

class LastDeliveryDto {
  @ApiProperty({ example: 'b1c7…' }) id!: string;
  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:00:00.000Z' }) receivedAt!: string;
}

class RefusedDto {
  @ApiProperty({ description: 'Since the connection is there.', example: 2 }) count!: number;
  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:00:00.000Z' }) lastAt!: string;
  @ApiProperty({ example: 'The signature does not fit the body. Check the signing secret.' }) lastMessage!: string;
}

class RegistrationDto implements RegistrationView {
  @ApiProperty({ description: 'Millrace can register it with the vendor.', example: true }) supported!: boolean;
  @ApiProperty({
    enum: ['registered', 'disabled', 'missing', 'none', 'unknown'],
    description:
      'As the vendor says. disabled: it is there, but delivers nothing; missing: the vendor has lost it; none: Millrace has not registered it; unknown: the vendor did not answer.',
    example: 'registered',
  })
  state!: RegistrationView['state'];
  @ApiPropertyOptional({ example: 'https://millrace.example.com/hooks/con_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) url?: string;
  @ApiPropertyOptional({ format: 'date-time', example: '2026-03-01T09:00:00.000Z' }) registeredAt?: string;
  @ApiPropertyOptional({ type: [String], example: ['customer.created'] }) topics?: string[];
  @ApiPropertyOptional({ example: 'GitHub does not deliver it: switch it on there.' }) message?: string;
}

export class HookDto implements HookView {
  @ApiProperty({ example: 'con_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) connection!: string;
  @ApiProperty({
    description: 'Where the vendor has to deliver.',
    example: 'https://millrace.example.com/hooks/con_01J9Z3K7M2Q4R8T6V0X5Y1W3B7',
  })
  url!: string;
  @ApiProperty({
    enum: ['receiving', 'disabled'],
    description: 'disabled: deliveries are answered with 503, so that the vendor sends them again.',
    example: 'receiving',
  })
  state!: HookView['state'];
  @ApiPropertyOptional({ example: 'an operator has disabled it' }) reason?: string;
  @ApiProperty({ type: LastDeliveryDto, nullable: true }) lastDelivery!: LastDeliveryDto | null;
  @ApiProperty({ type: RefusedDto, nullable: true, description: 'Deliveries that were not let in; they are not kept.' })
  refused!: RefusedDto | null;
  @ApiProperty({ type: RegistrationDto }) registration!: RegistrationDto;
}
