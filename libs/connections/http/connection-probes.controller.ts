import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import type { ObjectDescription, StreamDescription } from '#catalog';
import type { List } from '#platform';
import { Connections } from '../connections.ts';
import type { CheckResult } from '../probes/connection-probes.ts';
import { CheckDto, ObjectListDto, StreamListDto } from './connection-view.dto.ts';
import { Ref } from './ref.ts';

const refParam = { name: 'id', description: 'Id or slug.', example: 'shop-db' };

/** The routes that ask the other side. */
@ApiTags('connections')
@RequireRole('operator')
@Controller('api/connections/:id')
export class ConnectionProbesController {
  constructor(private readonly connections: Connections) {}

  @Post('check')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Does it work?',
    description: 'Takes 20 s at most. A connection that does not work is answered with `ok: false`.',
  })
  @ApiParam(refParam)
  @ApiOkResponse({ type: CheckDto })
  @ApiErrors('not_found', 'connector_not_found', 'connector_disabled', 'invalid_config')
  check(@Ref() ref: string): Promise<CheckResult> {
    return this.connections.check(ref);
  }

  @Get('streams')
  @ApiOperation({ summary: 'What can be read', description: 'Takes 60 s at most; empty when it is no source.' })
  @ApiParam(refParam)
  @ApiOkResponse({ type: StreamListDto })
  @ApiErrors('not_found', 'connector_disabled', 'authentication_failed', 'unreachable', 'remote_error', 'timeout')
  async streams(@Ref() ref: string): Promise<List<StreamDescription>> {
    return { data: await this.connections.streams(ref), next: null };
  }

  @Get('objects')
  @ApiOperation({ summary: 'What can be written', description: 'Takes 60 s at most; empty when it is no destination.' })
  @ApiParam(refParam)
  @ApiOkResponse({ type: ObjectListDto })
  @ApiErrors('not_found', 'connector_disabled', 'authentication_failed', 'unreachable', 'remote_error', 'timeout')
  async objects(@Ref() ref: string): Promise<List<ObjectDescription>> {
    return { data: await this.connections.objects(ref), next: null };
  }
}
