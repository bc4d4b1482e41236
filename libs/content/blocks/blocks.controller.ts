import { Body, Controller, Delete, Get, Headers, HttpCode, HttpStatus, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import {
  Fenced,
  ifMatchHeader,
  MadeFrom,
  RemovalQuery,
  PageQuery,
  Rehearsable,
  RehearseQuery,
  revisionIn,
  type List,
} from '#platform';
import { SlugParam } from '../slug-param.ts';
import { BlockDto, BlockListDto, BlockVersionDto, BlockVersionListDto, PutBlockDto } from './block.dto.ts';
import type { BlockVersionView, BlockView } from './block-view.ts';
import { Blocks } from './blocks.ts';

const slugParam = { name: 'slug', description: 'Templates use it by {{> slug}}.', example: 'card' };

@ApiTags('blocks')
@RequireRole('marketer')
@Controller('api/blocks')
export class BlocksController {
  constructor(private readonly blocks: Blocks) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'List reusable blocks and layouts' })
  @ApiOkResponse({ type: BlockListDto })
  @ApiErrors('bad_request')
  list(@Query() page: PageQuery): Promise<List<BlockView>> {
    return this.blocks.list(page);
  }

  @Get(':slug')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One block: its draft' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: BlockDto })
  @ApiErrors('bad_request', 'not_found')
  get(@SlugParam() slug: string): Promise<BlockView> {
    return this.blocks.get(slug);
  }

  @Put(':slug')
  @ApiOperation({
    summary: 'Make a block, or make it what is given',
    description:
      'Templates use it by {{> slug param=value}}. With variants, people see what the condition with the greatest priority gives them. The same again changes nothing. With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @ApiParam(slugParam)
  @Fenced()
  @ApiOkResponse({ type: BlockDto })
  @ApiCreatedResponse({ type: BlockDto })
  @Rehearsable()
  @ApiErrors(
    'bad_request',
    'invalid_condition',
    'template_invalid',
    'template_too_large',
    'template_timeout',
    'not_found',
    'conflict',
  )
  async put(
    @SlugParam() slug: string,
    @Body() body: PutBlockDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BlockView | void> {
    if (rehearse) return this.blocks.rehearsePut(body);
    const { view, created } = await this.blocks.put(slug, body, madeFrom);
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Post(':slug/publish')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Make a version of the draft',
    description: 'Published templates show it from now on. Of an unchanged draft, the version that it has already.',
  })
  @ApiParam(slugParam)
  @ApiHeader({
    ...ifMatchHeader,
    description: 'The revision that was looked at: another one by now is a `conflict`, and nothing is published.',
  })
  @ApiOkResponse({ type: BlockVersionDto })
  @ApiErrors('bad_request', 'not_found', 'template_invalid', 'conflict')
  publish(
    @SlugParam() slug: string,
    @CurrentKey() by: KeyHolder,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<BlockVersionView> {
    return this.blocks.publish(slug, by.id, revisionIn(ifMatch));
  }

  @Get(':slug/versions')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'What was published, newest first' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: BlockVersionListDto })
  @ApiErrors('bad_request', 'not_found')
  versions(@SlugParam() slug: string, @Query() page: PageQuery): Promise<List<BlockVersionView>> {
    return this.blocks.versions(slug, page);
  }

  @Delete(':slug')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    summary: 'Remove a block with its versions',
    description:
      'Refused with `in_use` while templates or blocks use it (drafts or newest versions), unless `force=true`.',
  })
  @ApiParam(slugParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found', 'in_use')
  remove(@SlugParam() slug: string, @Query() how: RemovalQuery): Promise<void> {
    return this.blocks.remove(slug, how);
  }
}
