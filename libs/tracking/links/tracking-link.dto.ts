import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsObject,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { TrackedLink } from '../tokens/index.ts';

export class TrackedMailDto {
  @ApiProperty({ description: 'Whom the mail is to: an identity or a profile id.', example: 'email:ann@example.com' })
  @IsString()
  @Length(1, 512)
  person!: string;

  @ApiProperty({
    description: 'Names the mail; events have it as `email_id`.',
    example: 'newsletter-2026-03',
    maxLength: 100,
  })
  @IsString()
  @Length(1, 100)
  message!: string;

  @ApiPropertyOptional({ description: 'Slug of the template.', example: 'news', maxLength: 100 })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  template?: string;

  @ApiPropertyOptional({ description: 'Events have it as `campaign_id`.', example: 'spring', maxLength: 100 })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  campaign?: string;
}

export class TrackedLinkDto implements TrackedLink {
  @ApiProperty({ description: 'To a declared host.', example: 'https://shop.example.com/sale', maxLength: 1_500 })
  @IsString()
  @Length(1, 1_500)
  url!: string;

  @ApiPropertyOptional({ description: 'What it is called in events.', example: 'Sale', maxLength: 100 })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  label?: string;
}

export class MakeTrackingLinksDto extends TrackedMailDto {
  @ApiPropertyOptional({ type: [TrackedLinkDto], default: [] })
  @IsArray()
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TrackedLinkDto)
  links: TrackedLinkDto[] = [];

  @ApiPropertyOptional({ description: 'Whether a pixel is wanted.', default: true })
  @IsBoolean()
  pixel: boolean = true;
}

export class MadeTrackingLinkDto extends TrackedLinkDto {
  @ApiProperty({ description: 'What the mail has to link to.', example: 'https://links.example.com/c/8f0c…' })
  href!: string;
}

export class TrackingLinksDto {
  @ApiProperty({
    description: 'Whether the person may be tracked. If not there is no pixel, and links lead where they led.',
    example: true,
  })
  tracked!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'https://links.example.com/p.gif?t=8f0c…' })
  pixel!: string | null;

  @ApiProperty({ type: [MadeTrackingLinkDto] }) links!: MadeTrackingLinkDto[];
}
