import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { PageQuery } from '#platform';
import { PreviewRequestDto } from '../preview/index.ts';
import { refPattern } from '../templates/index.ts';
import type { ShareRequest } from './shares.ts';
import type { ShareView } from './share-view.ts';

export class ShareRequestDto extends PreviewRequestDto implements ShareRequest {
  @ApiPropertyOptional({ description: 'How long the link works.', default: 7, minimum: 1, maximum: 90, example: 7 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(90)
  days: number = 7;

  @ApiPropertyOptional({
    description: 'Sensitive traits are shown as a mask. `false` needs the role operator.',
    default: true,
    example: true,
  })
  @IsOptional()
  @IsBoolean()
  masked: boolean = true;

  @ApiPropertyOptional({
    description:
      'Of an unsaved template: id or slug of the one that it is a draft of, among whose links this one is listed.',
    example: 'last-order',
  })
  @IsOptional()
  @Matches(refPattern, { message: 'must be the id or the slug of a template' })
  draftOf?: string;
}

export class SharesQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Id or slug of a template. Default: all.', example: 'last-order' })
  @IsOptional()
  @Matches(refPattern, { message: 'must be the id or the slug of a template' })
  template?: string;
}

export class ShareDto implements ShareView {
  @ApiProperty({ example: 'shr_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;

  @ApiProperty({
    enum: ['open', 'revoked', 'erased'],
    description: 'Erased: the person whose data it showed asked for it.',
    example: 'open',
  })
  state!: ShareView['state'];

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Opens in a browser without a key. Null once nothing is shown there any more, and in lists of a key that may not see sensitive traits where the mail is not masked.',
    example: 'https://millrace.example.com/shares/eyJ…',
  })
  url!: string | null;

  @ApiProperty({
    type: Object,
    description:
      'An unsaved one has neither version nor revision, and no id but that of the one that it is a draft of.',
    example: { id: 'tpl_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', name: 'Your last order', version: 2, revision: null },
  })
  template!: ShareView['template'];

  @ApiProperty({ description: 'SHA-256 over the mail.', example: '9f86d081884c7d65…' }) hash!: string;
  @ApiProperty({ description: 'Sensitive traits are shown as a mask.', example: true }) masked!: boolean;
  @ApiProperty({
    type: Object,
    description: 'The key that shared it.',
    example: { id: 'key_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', name: 'Studio' },
  })
  by!: ShareView['by'];
  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', example: '2025-03-08T09:00:00.000Z' }) expiresAt!: string;
}

export class ShareListDto {
  @ApiProperty({ type: [ShareDto] }) data!: ShareDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
