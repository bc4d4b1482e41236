import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '#platform';
import type { Alert } from './alert.schema.ts';

const states: Alert['state'][] = ['open', 'recovered'];

export class AlertQuery extends PageQuery {
  @ApiPropertyOptional({ enum: states, description: 'Only those in this state.', example: 'open' })
  @IsOptional()
  @IsIn(states)
  state?: Alert['state'];

  @ApiPropertyOptional({
    description:
      'Only those about the sync of this id, of which no other sync is listed then; with `state=open` only those from which it has not recovered.',
    example: 'syn_01J9Z3K7M2Q4R8T6V0X5Y1W3B7',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  sync?: string;
}

export class SnoozeDto {
  @ApiProperty({ description: 'How long it is quiet.', example: '4h' })
  @Matches(/^[1-9]\d{0,4}(min|h|d)$/, { message: 'for must be a time such as 30min, 4h or 2d' })
  for!: string;
}
