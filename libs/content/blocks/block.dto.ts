import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import type { Condition } from '@millrace/sdk';
import type { BlockParam, BlockVariant } from './block.ts';
import type { BlockVersionView, BlockView } from './block-view.ts';
import type { NewBlock } from './blocks.ts';

const at = '2025-03-01T09:00:00.000Z';
const source = '<p>{{title}}</p>{{#if link}}<a href="{{link}}">Read on</a>{{/if}}';
const isPlain = (value: unknown): boolean =>
  value === null ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && value.length <= 2000 && !value.includes('\\'));

export class BlockParamDto implements BlockParam {
  @ApiProperty({ example: 'title' })
  @Matches(/^[A-Za-z_]\w{0,39}$/, { message: 'name must be letters, digits and _, at most 40' })
  name!: string;

  @ApiPropertyOptional({
    description: 'What the block sees when its caller leaves it out.',
    type: String,
    nullable: true,
    example: 'News',
  })
  @IsOptional()
  @ValidateBy({
    name: 'isPlain',
    validator: {
      validate: isPlain,
      defaultMessage: () => 'default must be a text without \\, a number, true, false or null',
    },
  })
  default?: string | number | boolean | null;

  @ApiPropertyOptional({ example: 'The headline' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  doc?: string;
}

export class BlockVariantDto implements Omit<BlockVariant, 'priority'> {
  @ApiProperty({ example: 'gold' })
  @Matches(/^[A-Za-z0-9][\w -]{0,62}$/, { message: 'name must be letters, digits, spaces, _ and -, at most 63' })
  name!: string;

  @ApiProperty({
    description: 'Whom it is for: a condition about traits, orders, lastOrder, events, consents and profile.',
    type: 'object',
    additionalProperties: true,
    example: { field: 'traits.tier', is: 'equals', value: 'gold' },
  })
  @IsObject()
  when!: Condition;

  @ApiProperty({ description: 'As the source of the block.', example: '<p>For our best: {{title}}</p>' })
  @IsString()
  source!: string;

  @ApiPropertyOptional({
    description: 'Of several whose conditions hold the greatest counts.',
    default: 0,
    example: 10,
  })
  @IsOptional()
  @IsInt()
  @Min(-1000)
  @Max(1000)
  priority?: number;
}

export class PutBlockDto implements NewBlock {
  @ApiProperty({ example: 'Card', maxLength: 100 })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiProperty({
    description:
      'Handlebars in HTML or MJML; for a layout with {{> @partial-block}}. With variants it is for whom no condition holds.',
    example: source,
  })
  @IsString()
  source!: string;

  @ApiPropertyOptional({ type: [BlockParamDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(30)
  @ArrayUnique(({ name }: BlockParamDto) => name)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => BlockParamDto)
  params?: BlockParamDto[];

  @ApiPropertyOptional({ type: [BlockVariantDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique(({ name }: BlockVariantDto) => name)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => BlockVariantDto)
  variants?: BlockVariantDto[];
}

export class SavedVariantDto extends BlockVariantDto implements BlockVariant {
  @ApiProperty({ example: 10 }) declare priority: number;
}

export class BlockDto implements BlockView {
  @ApiProperty({ example: 'card' }) slug!: string;
  @ApiProperty({ example: 'Card' }) name!: string;
  @ApiProperty({ example: source }) source!: string;
  @ApiProperty({ type: [BlockParamDto] }) params!: BlockParamDto[];
  @ApiProperty({ type: [SavedVariantDto] }) variants!: SavedVariantDto[];
  @ApiProperty({ description: 'Of the draft; raised by every change.', example: 3 }) revision!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'The newest version.', example: 2 }) published!:
    number | null;
  @ApiProperty({ type: [String], description: 'Tokens that it names, without its parameters.', example: ['firstName'] })
  tokens!: string[];

  @ApiProperty({ type: [String], description: 'Blocks that it uses itself.', example: [] }) blocks!: string[];
  @ApiProperty({ format: 'date-time', example: at }) createdAt!: string;
  @ApiProperty({ format: 'date-time', example: at }) updatedAt!: string;
}

export class BlockListDto {
  @ApiProperty({ type: [BlockDto] }) data!: BlockDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export class BlockVersionDto implements BlockVersionView {
  @ApiProperty({ example: 'card' }) slug!: string;
  @ApiProperty({ example: 2 }) version!: number;
  @ApiProperty({ example: source }) source!: string;
  @ApiProperty({ type: [BlockParamDto] }) params!: BlockParamDto[];
  @ApiProperty({ type: [SavedVariantDto] }) variants!: SavedVariantDto[];
  @ApiProperty({ description: 'SHA-256 of the content.', example: '9f86d081884c7d65…' }) hash!: string;
  @ApiProperty({ format: 'date-time', example: at }) publishedAt!: string;
  @ApiProperty({ description: 'Id of the key.', example: 'key_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) publishedBy!: string;
}

export class BlockVersionListDto {
  @ApiProperty({ type: [BlockVersionDto] }) data!: BlockVersionDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
