import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { QueryBoolean } from './query-boolean.ts';

/** For removals that are refused while something depends on what is removed. */
export class ForceQuery {
  @ApiPropertyOptional({ description: 'Remove it whatever depends on it.', type: Boolean, example: true })
  @IsOptional()
  @QueryBoolean()
  @IsBoolean({ message: 'force must be true or false' })
  force?: boolean;
}
