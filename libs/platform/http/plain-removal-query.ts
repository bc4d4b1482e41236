import { ApiHideProperty } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { QueryBoolean } from './query-boolean.ts';
import { RehearseQuery } from './rehearse-query.ts';

/** Of a DELETE that has nothing to force: who removes things of several kinds may say so to all of them. */
export class PlainRemovalQuery extends RehearseQuery {
  @ApiHideProperty()
  @IsOptional()
  @QueryBoolean()
  @IsBoolean({ message: 'force must be true or false' })
  force?: boolean;
}
