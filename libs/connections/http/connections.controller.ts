import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Patch, Post, Put, Query, Res } from '@nestjs/common';
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
import { Fenced, MadeFrom, RemovalQuery, Idempotent, RehearseQuery, type List } from '#platform';
import type { ConnectionView } from '../connection-view.ts';
import { Connections } from '../connections.ts';
import { ConnectionQuery, CreateConnectionDto, PatchConnectionDto, PutConnectionDto } from './connection.dto.ts';
import { ConnectionDto, ConnectionListDto } from './connection-view.dto.ts';
import { NewRef, Ref } from './ref.ts';

const refParam = { name: 'id', description: 'Id or slug.', example: 'shop-db' };

@ApiTags('connections')
@RequireRole('operator')
@Controller('api/connections')
export class ConnectionsController {
  constructor(private readonly connections: Connections) {}

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Configure a connector',
    description: 'The other side is not asked: `POST …/check` does that.',
  })
  @ApiCreatedResponse({ type: ConnectionDto })
  @ApiErrors('bad_request', 'invalid_config', 'connector_not_found', 'connector_disabled', 'conflict')
  create(@Body() body: CreateConnectionDto): Promise<ConnectionView> {
    return this.connections.create(body);
  }

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'List connections', description: 'Built-in ones come first, in addition to `limit`.' })
  @ApiOkResponse({ type: ConnectionListDto })
  @ApiErrors('bad_request')
  list(@Query() query: ConnectionQuery): Promise<List<ConnectionView>> {
    return this.connections.list(query);
  }

  @Get(':id')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One connection' })
  @ApiParam(refParam)
  @ApiOkResponse({ type: ConnectionDto })
  @ApiErrors('not_found')
  get(@Ref() ref: string): Promise<ConnectionView> {
    return this.connections.get(ref);
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Make the connection of a slug, or make it what is given',
    description:
      'The same again changes nothing. Secrets that are null or absent are kept, `""` clears one. With `rehearse=true` nothing is stored, and the ' +
      'answer is what it would be: a higher `revision` than now says that the configuration or a secret would change.',
  })
  @ApiParam(refParam)
  @Fenced('edition')
  @ApiOkResponse({ type: ConnectionDto })
  @ApiCreatedResponse({ type: ConnectionDto })
  @ApiErrors(
    'bad_request',
    'invalid_config',
    'secrets_required',
    'connector_not_found',
    'connector_disabled',
    'conflict',
  )
  async put(
    @NewRef() ref: string,
    @Body() body: PutConnectionDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConnectionView> {
    if (rehearse) return this.connections.rehearsePut(ref, body);
    const { view, created } = await this.connections.put(ref, body, madeFrom);
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change a connection',
    description:
      '`config` is merged into the present one (RFC 7396). Secrets that are null or absent are kept, `""` clears one.',
  })
  @ApiParam(refParam)
  @ApiOkResponse({ type: ConnectionDto })
  @ApiErrors('bad_request', 'invalid_config', 'secrets_required', 'not_found', 'connector_disabled', 'conflict')
  update(@Ref() ref: string, @Body() body: PatchConnectionDto): Promise<ConnectionView> {
    return this.connections.update(ref, body);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    summary: 'Remove a connection and its secrets',
    description:
      'Refused with `templates_affected` while templates use what it alone feeds, and with `in_use` while triggers hand people to it, unless `force=true`.',
  })
  @ApiParam(refParam)
  @ApiNoContentResponse()
  @ApiErrors('not_found', 'conflict', 'connection_in_use', 'templates_affected', 'in_use')
  remove(@Ref() ref: string, @Query() how: RemovalQuery): Promise<void> {
    return this.connections.remove(ref, how);
  }
}
