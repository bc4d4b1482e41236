import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Length } from 'class-validator';
import type { QualitySchedule } from './quality-schedule.schema.ts';

export class PutQualityScheduleDto {
  @ApiProperty({ description: 'Minute hour day month weekday.', example: '0 4 1 1,4,7,10 *', maxLength: 100 })
  @IsString()
  @Length(1, 100)
  cron!: string;

  @ApiPropertyOptional({ description: 'An IANA zone. Default: UTC.', example: 'Europe/Berlin' })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  timeZone?: string;

  @ApiPropertyOptional({ description: 'Default: false.', example: false })
  @IsOptional()
  @IsBoolean()
  paused?: boolean;
}

export class QualityScheduleDto {
  @ApiProperty({ example: '0 4 1 1,4,7,10 *' }) cron!: string;
  @ApiProperty({ example: 'UTC' }) timeZone!: string;
  @ApiProperty({ example: false }) paused!: boolean;
  @ApiProperty({ format: 'date-time', example: '2025-04-01T04:00:00.000Z' }) nextRunAt!: string;

  static of({ cron, timeZone, paused, nextRunAt }: QualitySchedule): QualityScheduleDto {
    return { cron, timeZone, paused, nextRunAt: nextRunAt.toISOString() };
  }
}

export function wantedSchedule({ cron, timeZone = 'UTC', paused = false }: PutQualityScheduleDto): {
  cron: string;
  timeZone: string;
  paused: boolean;
} {
  return { cron, timeZone, paused };
}
