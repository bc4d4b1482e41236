import { Controller, Delete, Get, HttpCode, Inject, Optional, Param, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { listOf, momentAndIdAfter, PageQuery, type List } from '#platform';
import { isConnectionId } from '../folding/index.ts';
import { ConnectionDataCounter } from './connection-counts.ts';
import { ConnectionDataDto } from './connection-data.dto.ts';
import { CONNECTION_IDS, type ConnectionIds } from './connection-ids.ts';
import { RefoldDto, RefoldListDto, refoldView } from './refold.dto.ts';
import { Refolds } from './refolds.ts';

const refParam = {
  name: 'id',
  description: 'Id or slug; of a connection that is gone, the id.',
  example: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
};

@ApiTags('profiles')
@RequireRole('operator')
@Controller('api')
export class RefoldsController {
  constructor(
    private readonly refolds: Refolds,
    private readonly counter: ConnectionDataCounter,
    @Optional() @Inject(CONNECTION_IDS) private readonly connectionIds?: ConnectionIds,
  ) {}

  @Get('connections/:id/data')
  @ApiOperation({
    summary: 'How much a connection said about people',
    description: 'What `DELETE` would remove, and how far the last removal is. Also of connections that are gone.',
  })
  @ApiParam(refParam)
  @ApiOkResponse({ type: ConnectionDataDto })
  @ApiErrors('not_found')
  async data(@Param('id') ref: string): Promise<ConnectionDataDto> {
    const id = await this.#idOf(ref);
    return ConnectionDataDto.of(await this.counter.count(id), await this.refolds.lastRemoval(id));
  }

  @Delete('connections/:id/data')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Remove what a connection said about people',
    description:
      'In the background: its parts of profiles with their history, its events and its orders, as if it had never been there. Consents stay. Pause its syncs ' +
      'first, or they bring it back. Also of connections that are gone.',
  })
  @ApiParam(refParam)
  @ApiAcceptedResponse({ type: RefoldDto })
  @ApiErrors('not_found')
  async removeData(@Param('id') ref: string, @CurrentKey() key: KeyHolder): Promise<RefoldDto> {
    return refoldView(await this.refolds.remove(await this.#idOf(ref), key.id));
  }

  @Get('refolds')
  @ApiOperation({ summary: 'Profiles being folded anew in the background, newest first' })
  @ApiOkResponse({ type: RefoldListDto })
  @ApiErrors('bad_request')
  async list(@Query() { after, limit }: PageQuery): Promise<List<RefoldDto>> {
    const found = await this.refolds.list(limit + 1, momentAndIdAfter(after));
    return listOf(found, limit, refoldView, ({ createdAt, _id }) => [createdAt.getTime(), _id]);
  }

  @Get('refolds/:id')
  @ApiOperation({ summary: 'How far a refold is' })
  @ApiParam({ name: 'id', example: 'rfd_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  @ApiOkResponse({ type: RefoldDto })
  @ApiErrors('not_found')
  async get(@Param('id') id: string): Promise<RefoldDto> {
    return refoldView(await this.refolds.get(id));
  }

  async #idOf(ref: string): Promise<string> {
    const id = isConnectionId(ref) ? ref : await this.connectionIds?.(ref);
    if (id !== undefined && isConnectionId(id)) return id;
    throw new MillraceError(
      'not_found',
      `There is no connection "${ref.slice(0, 100)}" that was made here. Of one that is gone, give the id, such as con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC.`,
    );
  }
}
