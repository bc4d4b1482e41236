import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, RequireRole } from '#access';
import { Fenced, MadeFrom, RemovalQuery, PageQuery, RehearseQuery, type List } from '#platform';
import { SlugParam } from '../slug-param.ts';
import type { FeedContent } from './feed-content.ts';
import { FeedContentDto, FeedDto, FeedListDto, PutFeedDto } from './feed.dto.ts';
import type { FeedView } from './feed-view.ts';
import { Feeds } from './feeds.ts';

const slugParam = { name: 'slug', description: '`{{feeds.<slug>.…}}`', example: 'news' };

@ApiTags('feeds')
@RequireRole('marketer')
@Controller('api/feeds')
export class FeedsController {
  constructor(private readonly feeds: Feeds) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'List feeds' })
  @ApiOkResponse({ type: FeedListDto })
  @ApiErrors('bad_request')
  list(@Query() page: PageQuery): Promise<List<FeedView>> {
    return this.feeds.list(page);
  }

  @Get(':slug')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One feed' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: FeedDto })
  @ApiErrors('bad_request', 'not_found')
  get(@SlugParam() slug: string): Promise<FeedView> {
    return this.feeds.get(slug);
  }

  @Put(':slug')
  @RequireRole('operator')
  @ApiOperation({
    summary: 'Make a feed, or make it what is given',
    description:
      'JSON from elsewhere that mails show as {{feeds.<slug>.…}}. The same again changes nothing. With `rehearse=true` nothing is stored.',
  })
  @ApiParam(slugParam)
  @Fenced()
  @ApiOkResponse({ type: FeedDto })
  @ApiCreatedResponse({ type: FeedDto })
  @ApiErrors('bad_request', 'secrets_required', 'not_found', 'conflict')
  async put(
    @SlugParam() slug: string,
    @Body() body: PutFeedDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FeedView> {
    const { view, created } = await this.feeds.put(slug, body, { rehearse, madeFrom });
    response.status(created && !rehearse ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Post(':slug/fetch')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Ask the feed now', description: 'Mails show the answer until it is too old.' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: FeedContentDto })
  @ApiErrors(
    'bad_request',
    'not_found',
    'timeout',
    'unreachable',
    'remote_error',
    'remote_rejected',
    'invalid_response',
    'response_too_large',
    'address_not_allowed',
  )
  fetch(@SlugParam() slug: string): Promise<FeedContent> {
    return this.feeds.fetch(slug);
  }

  @Delete(':slug')
  @RequireRole('operator')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    summary: 'Remove a feed with its last answer',
    description:
      'Refused with `in_use` while templates or blocks show it (drafts or newest versions), unless `force=true`.',
  })
  @ApiParam(slugParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found', 'in_use')
  remove(@SlugParam() slug: string, @Query() how: RemovalQuery): Promise<void> {
    return this.feeds.remove(slug, how);
  }
}
