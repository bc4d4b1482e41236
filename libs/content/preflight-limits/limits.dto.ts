import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';
import { usualLimits, type GivenLimits, type PreflightLimits } from './limits.ts';

const share = { minimum: 0, maximum: 1 };

/** What is left out is as usual. */
export class PreflightLimitsDto implements Partial<PreflightLimits> {
  @ApiPropertyOptional({
    description: 'Share of people whose mail cannot be composed, at most.',
    ...share,
    default: usualLimits.errors,
    example: 0.001,
  })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  errors?: number;

  @ApiPropertyOptional({
    description: 'Share of mails that miss a token without a fallback, at most.',
    ...share,
    default: usualLimits.blanks,
    example: 0.01,
  })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  blanks?: number;

  @ApiPropertyOptional({
    description: 'Share of mails that show a fallback, at most.',
    ...share,
    default: usualLimits.fallbacks,
    example: 0.8,
  })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  fallbacks?: number;

  @ApiPropertyOptional({
    description: 'Share of mails over 102 KB of HTML, which Gmail cuts off, at most.',
    ...share,
    default: usualLimits.oversize,
    example: 0.01,
  })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  oversize?: number;

  @ApiPropertyOptional({
    description: 'People who would be sent the mail, at least.',
    minimum: 0,
    default: usualLimits.minimumPeople,
    example: 1,
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  minimumPeople?: number;

  @ApiPropertyOptional({
    description: 'Hours for which a preflight counts.',
    minimum: 1,
    maximum: 720,
    default: usualLimits.maximumAgeHours,
    example: 24,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(720)
  maximumAgeHours?: number;
}

/** Limits within a template. */
export class GivenLimitsDto extends PreflightLimitsDto implements GivenLimits {
  @ApiPropertyOptional({
    description:
      'The `edition` of the limits that these were made from: another one by now is a `conflict`. Default: any.',
    minimum: 1,
    example: 2,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  edition?: number;
}

export class TemplateLimitsDto extends PreflightLimitsDto {
  @ApiProperty({ description: 'Raised by every change of the limits.', example: 2 }) edition!: number;
}
