import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { Condition } from '@millrace/sdk';
import { calculations, rowSources, type Calculation, type Measure, type RowSource } from '../measures/index.ts';

const traitPattern = /^[a-z][A-Za-z0-9_]{0,63}$/;

/** What PUT takes. */
export class PutComputedTraitDto implements Measure {
  @ApiPropertyOptional({ description: 'Default: the slug.', example: 'Lifetime value', maxLength: 100 })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string;

  @ApiPropertyOptional({ example: 'What somebody has paid so far.', maxLength: 1000 })
  @IsOptional()
  @IsString()
  @Length(1, 1000)
  description?: string;

  @ApiPropertyOptional({
    description:
      'Its name on profiles and in templates (`{{computed.lifetimeValue}}`). Default: the slug in camel case.',
    example: 'lifetimeValue',
    pattern: traitPattern.source,
  })
  @IsOptional()
  @Matches(traitPattern, { message: 'trait must be a name such as lifetimeValue: letters, digits and _, at most 64' })
  trait?: string;

  @ApiProperty({ description: 'Whose rows are counted.', enum: rowSources, example: 'orders' })
  @IsIn(rowSources)
  from!: RowSource;

  @ApiProperty({
    description: '`first` and `last`: the value of the oldest or newest row that has one.',
    enum: calculations,
    example: 'sum',
  })
  @IsIn(calculations)
  calculate!: Calculation;

  @ApiPropertyOptional({
    description:
      'What is calculated; in all but `count`. Orders have id, connection, at, total, currency, status, lines and properties; events id, name, at and ' +
      'properties; order lines what their source says, and their order under `order`.',
    example: 'total',
    maxLength: 300,
  })
  @IsOptional()
  @IsString()
  @Length(1, 300)
  field?: string;

  @ApiPropertyOptional({
    description: 'A condition: only rows that pass.',
    type: 'object',
    additionalProperties: true,
    example: { field: 'status', is: 'notEquals', value: 'cancelled' },
  })
  @IsOptional()
  @IsObject()
  where?: Condition;

  @ApiPropertyOptional({ description: 'Only rows of so long before now (units: s, min, h, d, w).', example: '365d' })
  @IsOptional()
  @IsString()
  @Length(2, 12)
  within?: string;
}
