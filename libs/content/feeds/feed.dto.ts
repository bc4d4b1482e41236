import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Length, Max, Min, ValidateBy } from 'class-validator';
import type { Json } from '@millrace/sdk';
import { feedTimeout, feedTtl, type FeedContent } from './feed-content.ts';
import type { FeedView } from './feed-view.ts';
import type { NewFeed } from './feeds.ts';
import { isFeedUrl } from './personal-url.ts';

/** `type: Object` would say that it is no list, and clients that go by it would refuse one. */
const anyJson = {
  oneOf: [
    { type: 'object', additionalProperties: true },
    { type: 'array', items: {} },
    ...['string', 'number', 'boolean'].map((type) => ({ type })),
  ],
};

const isHeaders = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).length <= 20 &&
  Object.entries(value).every(
    ([name, text]) =>
      /^[A-Za-z0-9-]{1,64}$/.test(name) &&
      (text === null || (typeof text === 'string' && text.length <= 4096 && !/[\r\n\0]/.test(text))),
  );

const at = '2025-03-01T09:00:00.000Z';
const news = { items: [{ title: 'New in store', url: 'https://example.com/new' }] };

export class PutFeedDto implements NewFeed {
  @ApiProperty({ example: 'News', maxLength: 100 })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiProperty({
    description:
      'Is asked with GET and answers JSON, at most 1 MB. Keys belong into headers, since everybody sees the URL. Behind the host it may name traits of the ' +
      'person, `profile.id`, `computed.…` and `identities.email`, which are put in escaped: such a feed is asked for each person, and what it answers is kept ' +
      'in memory alone.',
    example: 'https://example.com/offers?city={{city}}',
  })
  @ValidateBy({
    name: 'isFeedUrl',
    validator: {
      validate: isFeedUrl,
      defaultMessage: () =>
        'url must be an http or https URL of at most 2,000 letters without a password; {{names}} may stand behind the host',
    },
  })
  url!: string;

  @ApiPropertyOptional({
    description:
      'Request headers by name. They are stored sealed and never shown. Left out, those that are there stay; null keeps that one.',
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    example: { Authorization: 'Bearer …' },
  })
  @IsOptional()
  @ValidateBy({
    name: 'isHeaders',
    validator: { validate: isHeaders, defaultMessage: () => 'headers must be at most 20 names with texts of one line' },
  })
  headers?: Record<string, string | null>;

  @ApiPropertyOptional({
    description: 'Seconds for which an answer is good.',
    default: feedTtl.default,
    minimum: 10,
    maximum: feedTtl.most,
  })
  @IsOptional()
  @IsInt()
  @Min(10)
  @Max(feedTtl.most)
  ttlSeconds?: number;

  @ApiPropertyOptional({
    description: 'Milliseconds.',
    default: feedTimeout.default,
    minimum: 100,
    maximum: feedTimeout.most,
  })
  @IsOptional()
  @IsInt()
  @Min(100)
  @Max(feedTimeout.most)
  timeoutMs?: number;

  @ApiPropertyOptional({
    description: 'JSON that mails show while the feed has never answered; null: none.',
    ...anyJson,
    example: { items: [] },
  })
  @IsOptional()
  @ValidateBy({
    name: 'isSmall',
    validator: {
      validate: (value: unknown) => JSON.stringify(value).length <= 256 * 1024,
      defaultMessage: () => 'fallback must be at most 256 KB of JSON',
    },
  })
  fallback?: Json;
}

export class FeedDto implements FeedView {
  @ApiProperty({ example: 'news' }) slug!: string;
  @ApiProperty({ example: 'News' }) name!: string;
  @ApiProperty({ example: 'https://example.com/news.json' }) url!: string;
  @ApiProperty({ type: [String], description: 'Names of the request headers.', example: ['Authorization'] })
  headersSet!: string[];
  @ApiProperty({ example: 300 }) ttlSeconds!: number;
  @ApiProperty({ example: 3000 }) timeoutMs!: number;
  @ApiPropertyOptional({ ...anyJson, example: { items: [] } }) fallback?: Json;
  @ApiProperty({ example: 1 }) revision!: number;
  @ApiProperty({ format: 'date-time', example: at }) createdAt!: string;
  @ApiProperty({ format: 'date-time', example: at }) updatedAt!: string;
}

export class FeedListDto {
  @ApiProperty({ type: [FeedDto] }) data!: FeedDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export class FeedContentDto implements FeedContent {
  @ApiProperty({ example: 'news' }) slug!: string;
  @ApiProperty({ type: Object, nullable: true, example: news }) value!: Json;
  @ApiProperty({ description: 'SHA-256 of the value.', example: '9f86d081884c7d65…' }) hash!: string;
  @ApiPropertyOptional({ format: 'date-time', example: at }) at?: string;
  @ApiProperty({ enum: ['fresh', 'last good', 'fallback', 'missing'], example: 'fresh' }) state!: FeedContent['state'];
  @ApiPropertyOptional({ description: 'Why it is not fresh.' }) problem?: string;
}
