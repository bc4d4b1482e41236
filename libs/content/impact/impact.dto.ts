import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { PageQuery } from '#platform';
import type { AffectedTemplate, ImpactQuestion, UsedThing } from './impact.ts';
import type { Supply } from '../uses/index.ts';

export class ImpactQuery extends PageQuery implements ImpactQuestion {
  @ApiPropertyOptional({ description: 'A trait: short for `use=trait:…`.', example: 'city' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  trait?: string;

  @ApiPropertyOptional({
    description: 'Something else that templates use: a field of orders, events or consents.',
    example: 'order:lines[*].name',
  })
  @IsOptional()
  @Matches(/^(trait|order|event|consent)(:[^\0]{1,200})?$/, {
    message: 'use must be such as "trait:city", "order:total" or "event:properties.plan"',
  })
  use?: string;

  @ApiPropertyOptional({
    description: 'Id of a connection: what if it is removed?',
    example: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  connection?: string;

  @ApiPropertyOptional({ description: 'A stream of the connection.', example: 'customers' })
  @IsOptional()
  @IsString()
  @Length(1, 300)
  stream?: string;

  @ApiPropertyOptional({ description: 'A field of the stream: what if it goes, or changes?', example: 'address.city' })
  @IsOptional()
  @IsString()
  @Length(1, 300)
  field?: string;
}

class SupplyingSyncDto {
  @ApiProperty({ example: 'syn_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiProperty({ example: 'Customers' }) name!: string;
}

export class SupplyDto implements Supply {
  @ApiProperty({ description: 'What it supplies.', example: 'trait:city' }) use!: string;
  @ApiProperty({ example: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) connection!: string;
  @ApiPropertyOptional({ example: 'Shop database' }) connectionName?: string;
  @ApiProperty({ example: 'customers' }) stream!: string;
  @ApiProperty({ type: SupplyingSyncDto }) sync!: SupplyingSyncDto;
  @ApiProperty({ description: 'The profile store’s object.', example: 'profile' }) object!: string;
  @ApiProperty({ description: 'The mapping’s target within it.', example: 'traits.city' }) target!: string;
  @ApiProperty({ type: [String], description: 'Fields of the source that it reads.', example: ['address.city'] })
  reads!: string[];
}

export class UsedThingDto implements UsedThing {
  @ApiProperty({ example: 'trait:city' }) use!: string;
  @ApiProperty({ enum: ['draft', 'published'], isArray: true, example: ['draft', 'published'] }) in!: UsedThing['in'];
  @ApiProperty({ description: 'No other sync feeds it.', example: true }) onlyFromHere!: boolean;
}

export class AffectedTemplateDto implements AffectedTemplate {
  @ApiProperty({ example: 'tpl_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiPropertyOptional({ example: 'last-order' }) slug?: string;
  @ApiProperty({ example: 'Your last order' }) name!: string;
  @ApiProperty({ type: Number, nullable: true, example: 2 }) published!: number | null;
  @ApiProperty({ type: [UsedThingDto] }) uses!: UsedThingDto[];
}

export class ImpactDto {
  @ApiProperty({ type: [SupplyDto], description: 'The mapping rules that feed it; 500 at most.' })
  supplies!: SupplyDto[];
  @ApiProperty({ description: 'There are more rules than these.', example: false }) moreSupplies!: boolean;
  @ApiProperty({ type: [AffectedTemplateDto], description: 'The templates that use it.' }) data!: AffectedTemplateDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
