import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { PageQuery, QueryBoolean } from '#platform';

export class TemplateListQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'What a list shows of each template, without what it says: sources may have 256 KB each.',
    example: true,
  })
  @IsOptional()
  @QueryBoolean()
  @IsBoolean()
  summary?: boolean;
}
