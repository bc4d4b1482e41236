import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Reject } from './reject.schema.ts';

/** A refused row as the API shows it. */
export class RejectResponse {
  @ApiProperty() id!: string;
  @ApiProperty({ example: 'run_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) run!: string;
  @ApiPropertyOptional({ example: 'customers.csv:17' }) position?: string;
  @ApiProperty({ example: 'malformed_row' }) code!: string;
  @ApiProperty({ example: 'The row has 5 fields where the header has 8.' }) message!: string;
  @ApiProperty({ description: 'The original, as JSON text.', example: '"17,Ann,ann@x.com"' }) raw!: string;
  @ApiProperty() at!: string;

  static of({ _id, run, position, code, message, raw, at }: Reject): RejectResponse {
    return { id: _id, run, position, code, message, raw, at: at.toISOString() };
  }
}

export class RejectListResponse {
  @ApiProperty({ type: [RejectResponse] }) data!: RejectResponse[];
  @ApiProperty({ type: String, nullable: true, description: 'Pass as `after` for the next page.' }) next!:
    string | null;
}
