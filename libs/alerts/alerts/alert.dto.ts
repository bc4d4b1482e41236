import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { PageQuery } from '#platform';
import type { Alert } from './alert.schema.ts';

const states: Alert['state'][] = ['open', 'recovered'];

export class AlertQuery extends PageQuery {
  @ApiPropertyOptional({ enum: states, description: 'Only those in this state.', example: 'open' })
  @IsOptional()
  @IsIn(states)
  state?: Alert['state'];
}

export class SnoozeDto {
  @ApiProperty({ description: 'How long it is quiet.', example: '4h' })
  @Matches(/^[1-9]\d{0,4}(min|h|d)$/, { message: 'for must be a time such as 30min, 4h or 2d' })
  for!: string;
}
