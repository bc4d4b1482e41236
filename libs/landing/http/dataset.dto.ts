import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Dataset } from '../store/index.ts';

class DatasetOriginDto {
  @ApiProperty({ example: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) connection!: string;
  @ApiProperty({ example: 'rows' }) stream!: string;
}

/** A dataset as the API shows it. */
export class DatasetDto {
  @ApiProperty({ description: 'Its name: the stream of connection `landing`.', example: 'shop-files.rows' })
  name!: string;

  @ApiProperty({ type: DatasetOriginDto }) from!: DatasetOriginDto;

  @ApiProperty({ description: 'Fields that name a row; empty: a row is what it contains.', example: ['id'] })
  key!: string[];

  @ApiPropertyOptional({ description: 'Rows that are there.', example: 59 }) rows?: number;
  @ApiPropertyOptional({ description: 'Rows that the source deleted.', example: 0 }) deleted?: number;
  @ApiPropertyOptional({ description: 'Former versions.', example: 12 }) versions?: number;
  @ApiPropertyOptional({ description: 'Of rows and former versions, as JSON.', example: 48_210 }) bytes?: number;
  @ApiPropertyOptional({ description: 'When it was counted. Absent: counting took too long.' }) countedAt?: string;
  @ApiPropertyOptional() firstLandedAt?: string;
  @ApiPropertyOptional({ description: 'When a row was last new or different.' }) lastLandedAt?: string;

  static of({ _id, connection, stream, key, counts, firstLandedAt, lastLandedAt }: Dataset): DatasetDto {
    const { at, ...numbers } = counts ?? {};
    return {
      name: _id,
      from: { connection, stream },
      key,
      ...numbers,
      ...(at && { countedAt: at.toISOString() }),
      ...(firstLandedAt && { firstLandedAt: firstLandedAt.toISOString() }),
      ...(lastLandedAt && { lastLandedAt: lastLandedAt.toISOString() }),
    };
  }
}

export class DatasetListDto {
  @ApiProperty({ type: [DatasetDto] }) data!: DatasetDto[];
  @ApiProperty({ type: String, nullable: true, description: 'Pass as `after` for the next page.' }) next!:
    string | null;
}
