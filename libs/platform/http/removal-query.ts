import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { ForceQuery } from './force-query.ts';
import { QueryBoolean } from './query-boolean.ts';

/** Of a DELETE that can tell whether it would be refused: what comes back is the answer of the real one. */
export class RemovalQuery extends ForceQuery {
  @ApiPropertyOptional({ description: 'Only say what it would be; nothing is removed.', type: Boolean, example: true })
  @IsOptional()
  @QueryBoolean()
  @IsBoolean({ message: 'rehearse must be true or false' })
  rehearse?: boolean;
}

/** How something is removed. */
export interface Removing {
  /** Whoever removes it knows what depends on it. */
  force?: boolean;
  /** Only throw what would be thrown. */
  rehearse?: boolean;
}
