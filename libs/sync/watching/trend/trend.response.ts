import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import type { Ledger } from '../../runs/ledger.ts';
import type { TrendDay } from './trend-of.ts';
import type { Trend } from './trends.ts';

export class TrendQuery {
  @ApiPropertyOptional({ description: 'How many days, today included.', minimum: 1, maximum: 90, default: 30 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(90)
  days: number = 30;
}

class SecondsDto {
  @ApiProperty({ example: 12.5 }) median!: number;
  @ApiProperty({ example: 48 }) max!: number;
}

class TrendDayResponse implements TrendDay {
  @ApiProperty({ example: '2026-01-05', description: 'A day in UTC.' }) day!: string;
  @ApiProperty({ type: Object, example: { succeeded: 95, failed: 1 }, description: 'Runs made on it, by their state.' })
  runs!: TrendDay['runs'];
  @ApiProperty({
    type: Object,
    description: 'Where the rows of those runs ended.',
    example: { read: 412, written: 410 },
  })
  ledger!: Ledger;
  @ApiPropertyOptional({ type: SecondsDto, description: 'How long its runs took, cancelled ones apart.' })
  seconds?: SecondsDto;
  @ApiPropertyOptional({
    example: 930,
    description: 'How old the newest data at the destination was at its worst: right before a run brought newer.',
  })
  maxLagSeconds?: number;
}

export class TrendResponse {
  @ApiProperty({ type: [TrendDayResponse], description: 'The oldest first; days without a run, too.' })
  days!: TrendDay[];
  @ApiPropertyOptional({ description: 'What was changed at the source up to then has arrived.' }) reaches?: string;
  @ApiPropertyOptional({ example: 340, description: 'How long ago that was.' }) lagSeconds?: number;

  static of({ days, reaches, lagSeconds }: Trend): TrendResponse {
    return { days, reaches: reaches?.toISOString(), lagSeconds };
  }
}
