import { ApiProperty, ApiPropertyOptional, OmitType, PickType } from '@nestjs/swagger';
import { FindingDto } from '../lint/index.ts';
import { WarningDto } from './warning.dto.ts';
import { CreateTemplateDto } from './template.dto.ts';
import type { TemplateSummary, TemplateVersionView, TemplateView } from './template-view.ts';
import type { LintedTemplate, LintedVersion } from './new-template.ts';

const id = 'tpl_01JD3V7Q2M8Z5T9W4R6X1Y0KBC';
const at = '2025-03-01T09:00:00.000Z';

export class TemplateDto extends OmitType(CreateTemplateDto, ['channel', 'purpose'] as const) implements TemplateView {
  @ApiProperty({ example: id }) id!: string;
  @ApiProperty({ example: 'email' }) channel!: string;
  @ApiProperty({ example: 'marketing' }) purpose!: string;
  @ApiProperty({ description: 'Of the draft; raised by every change.', example: 3 }) revision!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'The newest version.', example: 2 })
  published!: number | null;

  @ApiProperty({
    type: [String],
    description: 'Tokens that the draft names.',
    example: ['firstName', 'lastOrder.lines'],
  })
  tokens!: string[];

  @ApiProperty({ description: 'Of its limits (`preflight`); raised by every change of those.', example: 1 })
  limitsEdition!: number;

  @ApiProperty({ type: [String], description: 'Blocks that the draft uses.', example: ['footer'] }) blocks!: string[];
  @ApiProperty({ type: [WarningDto] }) warnings!: WarningDto[];
  @ApiProperty({ format: 'date-time', example: at }) createdAt!: string;
  @ApiProperty({ format: 'date-time', example: at }) updatedAt!: string;
}

/** In the answer to a change. */
export class LintedTemplateDto extends TemplateDto implements LintedTemplate {
  @ApiProperty({ type: [FindingDto], description: 'What the lint found, the worst first.' }) findings!: FindingDto[];
}

export class TemplateListDto {
  @ApiProperty({ type: [TemplateDto] }) data!: TemplateDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

/** A template in a list. */
export class TemplateSummaryDto
  extends PickType(TemplateDto, [
    'id',
    'slug',
    'name',
    'subject',
    'channel',
    'purpose',
    'revision',
    'published',
    'createdAt',
    'updatedAt',
  ] as const)
  implements TemplateSummary {}

export class TemplateSummaryListDto {
  @ApiProperty({ type: [TemplateSummaryDto] }) data!: TemplateSummaryDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export class TemplateVersionDto implements TemplateVersionView {
  @ApiProperty({ example: id }) template!: string;
  @ApiProperty({ example: 2 }) version!: number;
  @ApiProperty({ example: 'Your order, {{firstName}}' }) subject!: string;
  @ApiPropertyOptional() preheader?: string;
  @ApiProperty({ example: '<h1>Hi {{firstName}}</h1>' }) source!: string;
  @ApiPropertyOptional({ enum: ['html', 'mjml'] }) format?: 'html' | 'mjml';
  @ApiPropertyOptional() text?: string;
  @ApiPropertyOptional() fromName?: string;
  @ApiPropertyOptional() replyTo?: string;
  @ApiProperty({ example: 'email' }) channel!: string;
  @ApiProperty({ description: 'What people have to consent to.', example: 'marketing' }) purpose!: string;
  @ApiProperty({ type: [String], description: 'Blocks that it uses.', example: ['footer'] }) blocks!: string[];
  @ApiProperty({ description: 'SHA-256 of what was published.', example: '9f86d081884c7d65…' }) hash!: string;
  @ApiProperty({ format: 'date-time', example: at }) publishedAt!: string;
  @ApiProperty({ description: 'Id of the key.', example: 'key_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) publishedBy!: string;
}

export class LintedVersionDto extends TemplateVersionDto implements LintedVersion {
  @ApiProperty({ type: [FindingDto], description: 'What the lint found, the worst first; never an error.' })
  findings!: FindingDto[];
}

export class TemplateVersionListDto {
  @ApiProperty({ type: [TemplateVersionDto] }) data!: TemplateVersionDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export class HelperDto {
  @ApiProperty({ example: 'defaultIfEmpty' }) name!: string;
  @ApiProperty({ example: 'defaultIfEmpty value fallback' }) usage!: string;
  @ApiProperty({ example: 'The value, or the fallback when it is missing.' }) doc!: string;
  @ApiProperty({ example: 'Millrace', enum: ['Handlebars', 'Millrace', 'Iterable', 'SendGrid', 'Braze'] })
  dialect!: string;

  @ApiProperty({ type: Object, example: { template: 'Hi {{defaultIfEmpty firstName "there"}}', output: 'Hi there' } })
  example!: { template: string; output: string };
}
