import { ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, Length, Matches, ValidateIf } from 'class-validator';
import type { TriggerCause } from '../definition/index.ts';
import { slugMessage, slugPattern } from './slug-param.ts';
import { PutTriggerDto } from './trigger.dto.ts';

export class CreateTriggerDto extends OmitType(PutTriggerDto, ['on']) {
  @ApiPropertyOptional({
    description: 'A name for URLs. Default: the name of the preset.',
    example: 'abandoned-carts',
    pattern: slugPattern.source,
  })
  @ValidateIf((_, slug) => slug !== undefined)
  @Matches(slugPattern, { message: slugMessage })
  slug?: string;

  @ApiPropertyOptional({
    description:
      'GET /api/trigger-presets lists them. What is given besides `with` stands in for what the preset says.',
    example: 'cart-abandonment',
  })
  @IsOptional()
  @IsString()
  @Length(1, 63)
  preset?: string;

  @ApiPropertyOptional({
    type: Object,
    description: "Values of the preset's fields. Default: those of the preset.",
    example: { event: 'Cart Updated', wait: '4h' },
  })
  @IsOptional()
  @IsObject()
  with?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: Object,
    description: 'As in PUT. Required without `preset`.',
    example: { event: 'Cart Updated' },
  })
  @IsOptional()
  @IsObject()
  on?: TriggerCause;
}
