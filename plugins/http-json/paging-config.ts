import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import { Field, MillraceError, type Paging } from '@millrace/sdk';

const kinds = ['none', 'page', 'offset', 'cursor', 'link'] as const;

export class PageSizeConfig {
  @Field({ title: 'Parameter', examples: ['per_page'] })
  @IsString()
  param!: string;

  @Field({ title: 'Records' })
  @IsInt()
  @Min(1)
  @Max(100_000)
  value!: number;
}

const isKind = (...wanted: PagingConfig['kind'][]) =>
  ValidateIf(({ kind }: PagingConfig, value: unknown) => wanted.includes(kind) || value !== undefined);

/** The kinds of paging of the SDK as fields of one form. */
export class PagingConfig {
  @Field({
    title: 'Kind',
    description:
      'page: numbered pages. offset: skip so many. cursor: the answer tells what to send next. link: the answer, or its Link header, gives the next address.',
  })
  @IsIn(kinds)
  kind!: (typeof kinds)[number];

  @Field({
    title: 'Parameter',
    description: 'Of page and cursor: carries the page or the cursor.',
    examples: ['page', 'after'],
  })
  @isKind('page', 'cursor')
  @IsString()
  param?: string;

  @Field({ title: 'First page', description: 'Of page: its number (default 1).' })
  @IsOptional()
  @IsInt()
  @Min(0)
  start?: number;

  @Field({ title: 'Page size', description: 'Of page, cursor and link.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PageSizeConfig)
  size?: PageSizeConfig;

  @Field({ title: 'Offset parameter', description: 'Of offset.', examples: ['offset'] })
  @isKind('offset')
  @IsString()
  offsetParam?: string;

  @Field({ title: 'Limit parameter', description: 'Of offset.', examples: ['limit'] })
  @isKind('offset')
  @IsString()
  limitParam?: string;

  @Field({ title: 'Limit', description: 'Of offset: records a page.', examples: [100] })
  @isKind('offset')
  @IsInt()
  @Min(1)
  @Max(100_000)
  limit?: number;

  @Field({
    title: 'Path of the next',
    description: 'Of cursor: path of the next cursor. Of link: path of the next address (without: the Link header).',
    examples: ['meta.next'],
  })
  @isKind('cursor')
  @IsString()
  next?: string;
}

export function pagingOf(config: PagingConfig): Paging {
  const { kind, start, size, next } = config;
  const field = <F extends 'param' | 'offsetParam' | 'limitParam' | 'limit' | 'next'>(name: F) =>
    required(config, name);
  switch (kind) {
    case 'none':
      return { kind };
    case 'page':
      return { kind, param: field('param'), start, size };
    case 'offset':
      return { kind, offsetParam: field('offsetParam'), limitParam: field('limitParam'), limit: field('limit') };
    case 'cursor':
      return { kind, next: field('next'), param: field('param'), size };
    case 'link':
      return { kind, next, size };
  }
}

/** The decorators have checked it; the types cannot know. */
function required<F extends keyof PagingConfig>(config: PagingConfig, name: F): NonNullable<PagingConfig[F]> {
  const value = config[name];
  if (value !== undefined && value !== null) return value;
  throw new MillraceError('invalid_config', `Paging of the kind "${config.kind}" needs "${name}". Set it.`);
}
