import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsLocale, IsObject, IsOptional, IsString, Length, ValidateBy, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { IsTime } from '#platform';
import { GivenTemplateDto } from '../templates/index.ts';
import type { HypotheticalEvent } from './hypothetical-event.ts';
import type { PreviewRequest } from './preview.service.ts';
import type { JsonObject } from './sample-person.ts';

const isSample = (value: unknown): boolean =>
  value === 'random' || value === 'edge' || (typeof value === 'object' && value !== null && !Array.isArray(value));

export class HypotheticalEventDto implements HypotheticalEvent {
  @ApiProperty({ example: 'Cart Abandoned' })
  @IsString()
  @Length(1, 200)
  name!: string;

  @ApiPropertyOptional({ type: Object, example: { cart: { total: 49.9 } } })
  @IsOptional()
  @IsObject()
  properties?: JsonObject;
}

export class PreviewRequestDto extends GivenTemplateDto implements PreviewRequest {
  @ApiPropertyOptional({
    description: 'Of the person; an e-mail address may stand alone.',
    example: 'email:ann@example.com',
  })
  @IsOptional()
  @IsString()
  @Length(1, 512)
  identity?: string;

  @ApiPropertyOptional({
    description:
      'Instead of `identity`: "random"; "edge", somebody (of 200 by chance) whose mail fails or misses the most; or the data of somebody made up.',
    oneOf: [
      { type: 'string', enum: ['random', 'edge'] },
      { type: 'object', additionalProperties: true },
    ],
    example: { firstName: 'Ann', lastOrder: { id: '1001', lines: [{ name: 'Mug', quantity: 2 }] } },
  })
  @IsOptional()
  @ValidateBy({
    name: 'isSample',
    validator: { validate: isSample, defaultMessage: () => 'sample must be "random", "edge" or an object' },
  })
  sample?: 'random' | 'edge' | JsonObject;

  @ApiPropertyOptional({
    description:
      'The moment of the mail. Default: now. The person is shown as known then; before the person was known at all, as they are now. Orders, events and consents ' +
      'are those up to then.',
    format: 'date-time',
    example: '2025-03-01T09:00:00Z',
  })
  @IsOptional()
  @IsTime()
  asOf?: string;

  @ApiPropertyOptional({
    description: 'Traits to try instead of the person’s own; null takes one away.',
    type: Object,
    example: { city: 'Oslo' },
  })
  @IsOptional()
  @IsObject()
  changes?: JsonObject;

  @ApiPropertyOptional({ type: () => HypotheticalEventDto, description: 'As if it had just happened to the person.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => HypotheticalEventDto)
  event?: HypotheticalEventDto;

  @ApiPropertyOptional({
    description: 'For numbers and dates. Default: the person’s, else the default one (`GET /api/content-settings`).',
    example: 'de-DE',
  })
  @IsOptional()
  @IsLocale()
  locale?: string;
}
