import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsOptional, IsString } from 'class-validator';
import { RehearseQuery } from '#platform';

export class AudienceRehearsalQuery extends RehearseQuery {
  @ApiPropertyOptional({
    description: 'Of a rehearsal: computed traits that are yet to come.',
    type: [String],
    example: ['lifetimeValue'],
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
  @ArrayMaxSize(100)
  @IsString({ each: true })
  coming?: string[];
}
