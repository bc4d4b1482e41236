import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsObject,
  IsOptional,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
} from 'class-validator';

@ValidatorConstraint({ name: 'isCursorValue' })
class IsCursorValue {
  validate(value: unknown): boolean {
    return (typeof value === 'string' && value.length > 0 && value.length <= 200) || typeof value === 'number';
  }

  defaultMessage(): string {
    return '$property must be a value of the cursor: an ISO time, a text or a number';
  }
}

const cursorValue = { oneOf: [{ type: 'string' }, { type: 'number' }] };

export class CursorWindowDto {
  @ApiPropertyOptional({ ...cursorValue, description: 'At least this.', example: '2026-01-01' })
  @ValidateIf((_, value) => value !== undefined)
  @Validate(IsCursorValue)
  from?: string | number;

  @ApiPropertyOptional({
    ...cursorValue,
    description: 'At most this; a date alone means the whole day, in UTC.',
    example: '2026-01-31',
  })
  @ValidateIf((_, value) => value !== undefined)
  @Validate(IsCursorValue)
  to?: string | number;
}

export class StartRunDto {
  @ApiPropertyOptional({ description: 'Read everything, and let the next run go on from there.', example: false })
  @IsOptional()
  @IsBoolean()
  full?: boolean;

  @ApiPropertyOptional({
    type: CursorWindowDto,
    description:
      'Backfill: only rows whose cursor lies in it. The next run starts where it would have without this one.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CursorWindowDto)
  window?: CursorWindowDto;

  @ApiPropertyOptional({
    description: 'Send rows again even where the destination is known to have them just so.',
    example: false,
  })
  @IsOptional()
  @IsBoolean()
  resend?: boolean;
}
