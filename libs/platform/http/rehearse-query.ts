import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { QueryBoolean } from './query-boolean.ts';

/** Of a PUT that can tell what it would do: what comes back is the answer of the real one. */
export class RehearseQuery {
  @ApiPropertyOptional({ description: 'Only say what it would be; nothing is stored.', type: Boolean, example: true })
  @IsOptional()
  @QueryBoolean()
  @IsBoolean({ message: 'rehearse must be true or false' })
  rehearse?: boolean;
}
