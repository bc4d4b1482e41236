import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { errorCodes, type ErrorCode } from '@millrace/sdk';

/** What every error looks like (RFC 9457). */
export class ProblemDto {
  @ApiProperty({ example: 'urn:millrace:error:not_found' })
  type!: string;

  @ApiProperty({ example: 'There is no such thing' })
  title!: string;

  @ApiProperty({ example: 404 })
  status!: number;

  @ApiProperty({ description: 'Stable: programs rely on it.', enum: Object.keys(errorCodes), example: 'not_found' })
  code!: ErrorCode;

  @ApiProperty({
    description: 'What happened and what to do.',
    example: 'There is no connection "shop". GET /api/connections lists them.',
  })
  detail!: string;

  @ApiPropertyOptional({
    description: 'Id of the request, found in the logs.',
    example: 'req_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  })
  instance?: string;

  @ApiPropertyOptional({ description: 'Facts for programs, such as each fault of a configuration.' })
  details?: object;
}
