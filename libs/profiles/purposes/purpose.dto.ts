import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, MaxLength, ValidateBy } from 'class-validator';
import { bases, type Basis } from './purpose.schema.ts';
import type { Purpose } from './purposes.ts';

const isTitles = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= 50 &&
  Object.entries(value).every(
    ([language, title]) =>
      /^[a-z]{2,3}$/.test(language) && typeof title === 'string' && title.length > 0 && title.length <= 100,
  );

export class PutPurposeDto {
  @ApiProperty({ description: 'As people read it.', example: 'Newsletter', maxLength: 100 })
  @IsString()
  @Length(1, 100)
  title!: string;

  @ApiPropertyOptional({ example: 'Once a month, what is new in the shop.', maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  description?: string;

  @ApiPropertyOptional({
    description: 'Titles for the preference page, by language.',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { de: 'Rundbrief' },
  })
  @IsOptional()
  @ValidateBy({
    name: 'isTitles',
    validator: { validate: isTitles, defaultMessage: () => 'titles must be texts by language, such as { "de": "…" }' },
  })
  titles?: Record<string, string>;

  @ApiProperty({
    enum: bases,
    description: 'consent: only after an opt-in; optOut: unless somebody refused; none: needs no permission.',
    example: 'consent',
  })
  @IsIn(bases)
  basis!: Basis;
}

export class PurposeDto extends PutPurposeDto implements Purpose {
  @ApiProperty({ example: 'newsletter' }) name!: string;
  @ApiProperty({ description: 'Raised by every change: what `If-Match` names. 0: not stored.', example: 1 })
  revision!: number;
  @ApiProperty({ description: 'It was not stored, and holds until it is.', example: false }) builtIn!: boolean;
}

export class PurposeListDto {
  @ApiProperty({ type: [PurposeDto] }) data!: PurposeDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
