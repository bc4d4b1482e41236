import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Lag } from './lag.ts';

/** How far an endless stream is behind its source. */
export class LagResponse {
  @ApiPropertyOptional({
    example: 3_400,
    description: 'Records that have not arrived; absent where the source does not count.',
  })
  records?: number;

  @ApiPropertyOptional({
    example: 12.5,
    description: 'For how long the oldest of them has been there; 0: everything has arrived.',
  })
  seconds?: number;

  @ApiProperty({ example: '2026-01-05T06:00:12.000Z', description: 'When that was measured.' }) at!: string;

  static of({ records, seconds, at }: Lag): LagResponse {
    return {
      records,
      seconds: seconds === undefined ? undefined : Math.round(seconds * 10) / 10,
      at: at.toISOString(),
    };
  }
}
