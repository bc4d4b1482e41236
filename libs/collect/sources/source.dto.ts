import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { slugPattern } from './source-ref.ts';
import type { NewSourceView, NewWriteKeyView, SourceView, WriteKeyView } from './source-view.ts';

const at = '2026-03-01T09:00:00.000Z';
const key = {
  description: 'It can send events and do nothing else. Shown this once.',
  example: 'wk_3q2-7wAAn0o5v4C1c2FtcGxlIG9u',
};

export class CreateSourceDto {
  @ApiProperty({ description: 'What sends: a web site, an app, a server.', example: 'Shop, web', maxLength: 100 })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiPropertyOptional({
    type: [String],
    description: 'Origins whose pages may send in a browser. Default: all, since a key in a page is public anyway.',
    example: ['https://shop.example.com'],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(/^https?:\/\/[\w.-]+(:\d{1,5})?$/, {
    each: true,
    message: 'origins must look like https://shop.example.com',
  })
  origins?: string[];

  @ApiPropertyOptional({
    description: 'Your own id for it, for PUT.',
    example: 'shop-web',
    pattern: slugPattern.source,
  })
  @ValidateIf((_, slug) => slug !== undefined)
  @Matches(slugPattern, { message: 'must be lower case letters, digits and hyphens, at most 63' })
  slug?: string;
}

/** By id, `slug` gives the source another one; by slug it is left out. */
export class PutSourceDto extends CreateSourceDto {}

export class WriteKeyDto implements WriteKeyView {
  @ApiProperty({ example: 'wkey_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiProperty({ format: 'date-time', example: at }) createdAt!: string;
}

export class NewWriteKeyDto implements NewWriteKeyView {
  @ApiProperty({ example: 'wkey_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiProperty(key) writeKey!: string;
}

export class SourceDto implements SourceView {
  @ApiProperty({ example: 'src_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiPropertyOptional({ example: 'shop-web' }) slug?: string;
  @ApiProperty({ example: 'Shop, web' }) name!: string;
  @ApiProperty({ type: [String], example: ['https://shop.example.com'] }) origins!: string[];
  @ApiProperty({ type: [WriteKeyDto] }) writeKeys!: WriteKeyDto[];
  @ApiProperty({ description: 'Raised by every change: what `If-Match` names.', example: 1 }) revision!: number;
  @ApiProperty({ format: 'date-time', example: at }) createdAt!: string;
}

export class NewSourceDto extends SourceDto implements NewSourceView {
  @ApiProperty(key) writeKey!: string;
}

export class SourceListDto {
  @ApiProperty({ type: [SourceDto] }) data!: SourceDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
