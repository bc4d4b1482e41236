import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, RequireRole } from '#access';
import {
  Fenced,
  Idempotent,
  MadeFrom,
  PageQuery,
  Rehearsable,
  RehearseQuery,
  PlainRemovalQuery,
  type List,
} from '#platform';
import { CreateSourceDto, NewSourceDto, NewWriteKeyDto, PutSourceDto, SourceDto, SourceListDto } from './source.dto.ts';
import { SourceRef } from './source-ref.ts';
import type { NewSourceView, NewWriteKeyView, SourceView } from './source-view.ts';
import { Sources } from './sources.ts';

@ApiTags('sources')
@RequireRole('operator')
@Controller('api/sources')
export class SourcesController {
  constructor(private readonly sources: Sources) {}

  @Post()
  @Idempotent() // the kept answer, which holds the key, is sealed by the vault
  @ApiOperation({
    summary: 'Make a source with a write key',
    description:
      'With the first one comes the sync `collected-events`, which brings what all sources send to the profile store.',
  })
  @ApiCreatedResponse({ type: NewSourceDto })
  @ApiErrors('bad_request', 'conflict')
  create(@Body() body: CreateSourceDto): Promise<NewSourceView> {
    return this.sources.create(body);
  }

  @Get()
  @ApiOperation({ summary: 'List the sources' })
  @ApiOkResponse({ type: SourceListDto })
  @ApiErrors('bad_request')
  list(@Query() page: PageQuery): Promise<List<SourceView>> {
    return this.sources.list(page);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One source' })
  @ApiOkResponse({ type: SourceDto })
  @ApiErrors('not_found')
  get(@Param('id') id: string): Promise<SourceView> {
    return this.sources.get(id);
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Make the source of a slug, or make it what is given',
    description:
      'By id or slug. A new one has no write key yet: POST …/write-keys makes one. The same again changes nothing. ' +
      'With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @Fenced()
  @ApiOkResponse({ type: SourceDto })
  @ApiCreatedResponse({ type: SourceDto })
  @Rehearsable()
  @ApiErrors('bad_request', 'not_found', 'conflict')
  async put(
    @SourceRef() ref: string,
    @Body() body: PutSourceDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SourceView | void> {
    if (rehearse) return this.sources.rehearsePut(ref, body, { madeFrom });
    const { view, created } = await this.sources.put(ref, body, { madeFrom });
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove a source',
    description: 'Its keys stop working within 10 seconds; what it has sent stays.',
  })
  @ApiNoContentResponse()
  @ApiErrors('not_found')
  async remove(@Param('id') id: string, @Query() { rehearse }: PlainRemovalQuery): Promise<void> {
    await (rehearse ? this.sources.get(id) : this.sources.remove(id));
  }

  @Post(':id/write-keys')
  @Idempotent()
  @ApiOperation({
    summary: 'Make a further write key',
    description: 'So that clients can move to it before the old one goes.',
  })
  @ApiCreatedResponse({ type: NewWriteKeyDto })
  @ApiErrors('not_found', 'conflict')
  addKey(@Param('id') id: string): Promise<NewWriteKeyView> {
    return this.sources.addKey(id);
  }

  @Delete(':id/write-keys/:key')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a write key', description: 'It stops working within 10 seconds.' })
  @ApiNoContentResponse()
  @ApiErrors('not_found')
  removeKey(@Param('id') id: string, @Param('key') key: string): Promise<void> {
    return this.sources.removeKey(id, key);
  }
}
