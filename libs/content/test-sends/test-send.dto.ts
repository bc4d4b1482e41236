import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsOptional, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '#platform';
import { PreviewRequestDto } from '../preview/index.ts';
import { refPattern } from '../templates/index.ts';
import type { TestSendView } from './test-send-view.ts';
import type { TestSendRequest } from './test-sends.ts';

export class TestSendRequestDto extends PreviewRequestDto implements TestSendRequest {
  @ApiProperty({ description: 'One of those that MILLRACE_TEST_RECIPIENTS allows.', example: 'ann@example.com' })
  @IsEmail()
  @MaxLength(254)
  to!: string;
}

export class TestSendsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Id or slug of a template. Default: all.', example: 'last-order' })
  @IsOptional()
  @Matches(refPattern, { message: 'must be the id or the slug of a template' })
  template?: string;
}

export class TestSendDto implements TestSendView {
  @ApiProperty({ example: 'tst_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiProperty({ example: 'ann@example.com' }) to!: string;

  @ApiProperty({
    type: Object,
    description: 'An unsaved one has no id.',
    example: { id: 'tpl_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', name: 'Your last order', version: null, revision: 3 },
  })
  template!: TestSendView['template'];

  @ApiProperty({ description: 'SHA-256 over the mail: that of its preview.', example: '9f86d081884c7d65…' })
  hash!: string;

  @ApiProperty({ description: 'Sensitive traits were shown as a mask.', example: false }) masked!: boolean;

  @ApiProperty({
    enum: ['sending', 'sent', 'failed'],
    description: '`sending` for good: the process ended meanwhile, and nobody knows.',
    example: 'sent',
  })
  state!: TestSendView['state'];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What the mail server said.',
    example: 'mail.example.com answered 250 OK',
  })
  answer!: string | null;

  @ApiProperty({ type: Object, nullable: true, example: null }) error!: TestSendView['error'];
  @ApiProperty({
    type: Object,
    description: 'The key that sent it.',
    example: { id: 'key_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', name: 'Studio' },
  })
  by!: TestSendView['by'];
  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' }) at!: string;
}

export class TestSendListDto {
  @ApiProperty({ type: [TestSendDto] }) data!: TestSendDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export class TestRecipientsDto {
  @ApiProperty({ type: [String], example: ['ann@example.com'] }) addresses!: readonly string[];
  @ApiProperty({
    type: [String],
    description: 'Every address of these may get test mails.',
    example: ['test.example.com'],
  })
  domains!: readonly string[];
}
