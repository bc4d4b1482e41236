import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Min, ValidateBy } from 'class-validator';
import type { Revision } from '#platform';
import type { SourcePriorities } from '../settings/index.ts';

const example = { con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC: 10, con_01JD3V7Q2M8Z5T9W4R6X1Y0KBD: -5 };
const most = 1_000;
/** The form of an id; whose it is, is asked later. */
const connectionName = /^[a-z]\w{0,63}$/i;

function arePriorities(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= most &&
    entries.every(
      ([id, priority]) => connectionName.test(id) && Number.isInteger(priority) && Math.abs(priority as number) <= most,
    )
  );
}

export class SetSourcePrioritiesDto {
  @ApiProperty({
    description:
      'Connection id (`con_…`, or `collect` for what was collected) → priority, -1000 to 1000; those that are left out have 0.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example,
  })
  @ValidateBy({
    name: 'arePriorities',
    validator: {
      validate: arePriorities,
      defaultMessage: () =>
        `priorities must be an object of connection ids with whole numbers from -${most} to ${most}`,
    },
  })
  priorities!: SourcePriorities;

  @ApiPropertyOptional({
    description: 'The revision that you have read: refused when somebody else has set another one since.',
    example: 3,
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  revision?: number;
}

export class SourcePrioritiesDto {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, example }) priorities!: SourcePriorities;
  @ApiProperty({ description: '0: never set.', example: 3 }) revision!: number;
  @ApiPropertyOptional({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' }) at?: string;
  @ApiPropertyOptional({ description: 'Id of the key that set it.', example: 'key_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  by?: string;
}

export function prioritiesView({ value, revision, at, by }: Revision<SourcePriorities>): SourcePrioritiesDto {
  return { priorities: value, revision, ...(at && { at: at.toISOString() }), ...(by && { by }) };
}
