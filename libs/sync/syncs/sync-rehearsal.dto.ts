import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { QueryBoolean, RehearseQuery } from '#platform';

export class SyncRehearsalQuery extends RehearseQuery {
  @ApiPropertyOptional({
    description:
      'Of a rehearsal: its connections are not asked, since they are yet to come, or to be changed. What it reads and writes there is not looked at.',
    type: Boolean,
    example: true,
  })
  @IsOptional()
  @QueryBoolean()
  @IsBoolean({ message: 'offline must be true or false' })
  offline?: boolean;
}
