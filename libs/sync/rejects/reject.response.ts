import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { withoutValue } from '@millrace/sdk';
import { seesSensitiveTraits, type KeyHolder } from '#access';
import type { Reject } from './reject.schema.ts';

/** A refused row as the API shows it. */
export class RejectResponse {
  @ApiProperty() id!: string;
  @ApiProperty({ example: 'syn_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) sync!: string;
  @ApiProperty({ example: 'run_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) run!: string;
  @ApiPropertyOptional({ example: 'customers.csv:17' }) position?: string;
  @ApiProperty({ example: 'malformed_row' }) code!: string;
  @ApiProperty({ example: 'The row has 5 fields where the header has 8.' }) message!: string;
  @ApiPropertyOptional({
    description: 'The original, as JSON text. Only for the role operator: it may hold what are sensitive traits.',
    example: '"17,Ann,ann@x.com"',
  })
  raw?: string;
  @ApiProperty({ description: 'It can be mapped again: the original is a whole row.' }) replayable!: boolean;
  @ApiPropertyOptional({ description: 'The run that mapped it again, and tells what came of it.' }) replayedIn?: string;
  @ApiPropertyOptional({
    description: 'The run in which the source told that the record is gone, or is again as the destination has it.',
  })
  outdatedIn?: string;
  @ApiProperty() at!: string;

  static of(reject: Reject, { role }: Pick<KeyHolder, 'role'>): RejectResponse {
    const { _id: id, sync, run, position, code, replayable = false, replayedIn, outdatedIn } = reject;
    const seesAll = seesSensitiveTraits(role);
    const raw = seesAll ? reject.raw : undefined;
    const message = seesAll ? reject.message : forViewers(reject);
    const at = reject.at.toISOString();
    return { id, sync, run, position, code, message, raw, replayable, replayedIn, outdatedIn, at };
  }
}

/** What another system says of a row may repeat what is in it. */
function forViewers({ code, message }: Reject): string {
  return code === 'remote_rejected'
    ? 'The destination refused the row. The role operator sees what it said.'
    : withoutValue(message);
}

export class RejectListResponse {
  @ApiProperty({ type: [RejectResponse] }) data!: RejectResponse[];
  @ApiProperty({ type: String, nullable: true, description: 'Pass as `after` for the next page.' }) next!:
    string | null;
}
