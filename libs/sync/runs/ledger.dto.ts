import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { unsettledIn, type Ledger } from './ledger.ts';

/** A ledger as the API shows it. */
export class LedgerDto implements Ledger {
  @ApiProperty({ example: 412, description: 'Source rows; the others add up to it.' }) read!: number;
  @ApiProperty({ example: 410 }) written!: number;
  @ApiProperty({ example: 0 }) unchanged!: number;
  @ApiProperty({ example: 0, description: 'A newer version was there already.' }) superseded!: number;
  @ApiProperty({ example: 2, description: 'Kept with their reason under …/rejects.' }) rejected!: number;
  @ApiProperty({ example: 0 }) filtered!: number;
  @ApiPropertyOptional({
    example: 40,
    description:
      'Read, but not settled: on their way, or of a run that ended before (cancelled, failed). Absent: none.',
  })
  unsettled?: number;

  static of(ledger: Ledger): LedgerDto {
    const unsettled = unsettledIn(ledger);
    return { ...ledger, ...(unsettled > 0 && { unsettled }) };
  }
}
