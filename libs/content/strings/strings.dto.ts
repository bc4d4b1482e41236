import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import type { StringsSummary, StringsView } from './strings.ts';

const keyPattern = /^[A-Za-z0-9][\w.-]{0,99}$/;
const isTexts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= 5000 &&
  JSON.stringify(value).length <= 1_000_000 &&
  Object.entries(value).every(
    ([key, text]) => keyPattern.test(key) && typeof text === 'string' && text.length <= 10_000,
  );

const texts = { greeting: 'Olá {name}', 'cart.items': '{count, plural, one {# item} other {# itens}}' };

export class PutStringsDto {
  @ApiProperty({
    description: 'By key, in ICU MessageFormat: `{name}` is replaced, plurals and choices follow the locale.',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: texts,
  })
  @ValidateBy({
    name: 'isTexts',
    validator: {
      validate: isTexts,
      defaultMessage: () =>
        'texts must be at most 5,000 keys (letters, digits, . _ -, at most 100) with texts of at most 10,000 letters, 1 MB in all',
    },
  })
  texts!: Record<string, string>;
}

export class StringsSummaryDto implements StringsSummary {
  @ApiProperty({ example: 'pt-BR' }) locale!: string;
  @ApiProperty({ example: 2 }) count!: number;
  @ApiProperty({ example: 1 }) revision!: number;
  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' }) updatedAt!: string;
}

export class StringsDto extends StringsSummaryDto implements StringsView {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: texts }) texts!: Record<
    string,
    string
  >;
}

export class StringsListDto {
  @ApiProperty({ type: [StringsSummaryDto] }) data!: StringsSummaryDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
