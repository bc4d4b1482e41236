import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { mostCounted, type ConnectionCounts } from './connection-counts.ts';
import { RefoldDto, refoldView } from './refold.dto.ts';
import type { StoredRefold } from './refold.schema.ts';

export class ConnectionDataDto implements ConnectionCounts {
  @ApiProperty({ description: `People of whom it said something; ${mostCounted} is that many or more.`, example: 1200 })
  people!: number;

  @ApiProperty({ description: `Orders that it brought; ${mostCounted} is that many or more.`, example: 340 })
  orders!: number;

  @ApiPropertyOptional({ description: 'Of all that, the last removal.', type: RefoldDto })
  removal?: RefoldDto;

  static of(counts: ConnectionCounts, removal: StoredRefold | null): ConnectionDataDto {
    return { ...counts, ...(removal && { removal: refoldView(removal) }) };
  }
}
