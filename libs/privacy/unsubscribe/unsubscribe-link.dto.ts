import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { wordPattern } from '#profiles';
import type { UnsubscribeLink } from './unsubscribe-links.ts';

const message = 'must be a word of lower case letters, digits, "_", "." and "-"';

export class UnsubscribeLinkRequestDto {
  @ApiProperty({ example: 'email:ann@example.com' }) @IsString() @Length(1, 512) identity!: string;

  @ApiPropertyOptional({ default: 'email', example: 'email' })
  @IsOptional()
  @Matches(wordPattern, { message })
  channel: string = 'email';

  @ApiPropertyOptional({ default: 'marketing', example: 'newsletter' })
  @IsOptional()
  @Matches(wordPattern, { message })
  purpose: string = 'marketing';

  @ApiPropertyOptional({ description: 'So long it works.', default: 400, example: 400 })
  @IsOptional()
  @IsInt()
  @Min(30)
  @Max(3_650)
  days?: number;
}

export class UnsubscribeLinkDto implements UnsubscribeLink {
  @ApiProperty({ example: 'https://millrace.example.com/u/eyJ1bnRp…' }) url!: string;

  @ApiProperty({
    type: Object,
    description: 'For the mail: RFC 8058.',
    example: {
      'List-Unsubscribe': '<https://millrace.example.com/u/eyJ1bnRp…>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  })
  headers!: UnsubscribeLink['headers'];
}
