import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** The query of every list: where to go on, and how many. */
export class PageQuery {
  @ApiPropertyOptional({ description: 'The `next` of the former page.', example: 'eyJpZCI6ImNvbl8wMSJ9' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  after?: string;

  @ApiPropertyOptional({ description: 'How many at most.', minimum: 1, maximum: 200, default: 50, example: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

/** A page of a list; `next` goes into `after`, and is null on the last page. */
export interface List<T> {
  data: T[];
  next: string | null;
}
