import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { JsonObject } from '#connections';
import { slugMessage, slugPattern } from '../slug.ts';
import { channelTypes, type ChannelType } from './types/index.ts';

export class PutChannelDto {
  @ApiPropertyOptional({ description: 'Default: the slug.', example: 'People on call', maxLength: 100 })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string;

  @ApiProperty({ enum: channelTypes, example: 'webhook' })
  @IsIn(channelTypes)
  type!: ChannelType;

  @ApiProperty({
    type: Object,
    description:
      'webhook: `url`, `secret` (whsec_…; signed as Standard Webhooks says). slack: `url`. email: `to`, `from`, `smtp` ' +
      '(smtps://user:password@host:465; default: the settings MILLRACE_SMTP_URL and MILLRACE_MAIL_FROM).',
    example: { url: 'https://example.com/hooks/millrace', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  })
  @IsObject()
  config!: JsonObject;
}

export class CreateChannelDto extends PutChannelDto {
  @ApiProperty({ description: 'A name for URLs and rules.', example: 'on-call', pattern: slugPattern.source })
  @Matches(slugPattern, { message: slugMessage })
  slug!: string;
}

export class ChangeChannelDto extends PickType(PutChannelDto, ['name'] as const) {
  @ApiPropertyOptional({
    type: Object,
    description: 'Merged into the present one (RFC 7396); secrets that are null or absent are kept.',
    example: { url: 'https://example.com/hooks/other', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  })
  @IsOptional()
  @IsObject()
  config?: JsonObject;
}
