import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Length, Max, Min } from 'class-validator';

const condition = {
  all: [
    { field: 'traits.country', is: 'equals', value: 'NO' },
    { field: 'computed.lifetimeValue', is: 'atLeast', value: 100 },
    {
      computed: {
        from: 'orderLines',
        calculate: 'count',
        where: { field: 'product', is: 'equals', value: 'SKU-7' },
        within: '90d',
      },
      is: 'atLeast',
      value: 2,
    },
    { consent: { channel: 'email', purpose: 'marketing' }, is: 'equals', value: 'granted' },
  ],
};

export class ConditionDto {
  @ApiProperty({
    description:
      '`{ all: […] }`, `{ any: […] }`, `{ not: … }`, or a test: `{ field, is, value }` of traits.…, computed.…, identities.… or createdAt; ' +
      '`{ computed: { from, calculate, field, where, within }, is, value }` of a figure that has no name; `{ consent: { channel, purpose }, is, value }`.',
    type: 'object',
    additionalProperties: true,
    example: condition,
  })
  @IsObject()
  condition!: Record<string, unknown>;
}

/** What PUT takes. */
export class PutAudienceDto extends ConditionDto {
  @ApiPropertyOptional({ description: 'Default: the slug.', example: 'Loyal tea drinkers', maxLength: 100 })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string;

  @ApiPropertyOptional({ example: 'For the spring campaign.', maxLength: 1000 })
  @IsOptional()
  @IsString()
  @Length(1, 1000)
  description?: string;
}

export class SampleQuery {
  @ApiPropertyOptional({ description: 'How many people.', minimum: 1, maximum: 20, default: 10, example: 10 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(20)
  size: number = 10;
}
