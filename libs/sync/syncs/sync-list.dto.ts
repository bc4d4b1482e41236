import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '#platform';
import { SyncResponse } from './sync.response.ts';

export class SyncListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only syncs with this label.', example: 'shop' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  label?: string;
}

export class SyncListResponse {
  @ApiProperty({ type: [SyncResponse] }) data!: SyncResponse[];
  @ApiProperty({ type: String, nullable: true, description: 'Pass as `after` for the next page.' }) next!:
    string | null;
}
