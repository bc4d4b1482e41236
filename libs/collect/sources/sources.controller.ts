import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { Idempotent, PageQuery, type List } from '#platform';
import { CreateSourceDto, NewSourceDto, NewWriteKeyDto, SourceDto, SourceListDto } from './source.dto.ts';
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

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove a source',
    description: 'Its keys stop working within 10 seconds; what it has sent stays.',
  })
  @ApiNoContentResponse()
  @ApiErrors('not_found')
  remove(@Param('id') id: string): Promise<void> {
    return this.sources.remove(id);
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
