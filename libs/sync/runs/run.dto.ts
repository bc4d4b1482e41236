import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsTime, PageQuery } from '#platform';
import { RunResponse, runStates, type ShownState } from './run.response.ts';

export class RunListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Id or slug of a sync.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  sync?: string;

  @ApiPropertyOptional({ enum: runStates })
  @IsOptional()
  @IsIn(runStates)
  state?: ShownState;

  @ApiPropertyOptional({ description: 'Only runs made at or after this ISO time.', example: '2026-01-01T00:00:00Z' })
  @IsOptional()
  @IsTime()
  since?: string;
}

export class RunListResponse {
  @ApiProperty({ type: [RunResponse] }) data!: RunResponse[];
  @ApiProperty({ type: String, nullable: true, description: 'Pass as `after` for the next page.' }) next!:
    string | null;
}
