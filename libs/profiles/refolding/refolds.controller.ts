import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { listOf, momentAndIdAfter, PageQuery, type List } from '#platform';
import { isConnectionId } from '../folding/index.ts';
import { ConnectionDataCounter } from './connection-counts.ts';
import { ConnectionDataDto } from './connection-data.dto.ts';
import { RefoldDto, RefoldListDto, refoldView } from './refold.dto.ts';
import { Refolds } from './refolds.ts';

const idParam = { name: 'id', description: 'The id, not the slug.', example: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' };

@ApiTags('profiles')
@RequireRole('operator')
@Controller('api')
export class RefoldsController {
  constructor(
    private readonly refolds: Refolds,
    private readonly counter: ConnectionDataCounter,
  ) {}

  @Get('connections/:id/data')
  @ApiOperation({
    summary: 'How much a connection said about people',
    description: 'What `DELETE` would remove, and how far the last removal is. Also of connections that are gone.',
  })
  @ApiParam(idParam)
  @ApiOkResponse({ type: ConnectionDataDto })
  @ApiErrors('bad_request')
  async data(@Param('id') id: string): Promise<ConnectionDataDto> {
    requireConnectionId(id);
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
  @ApiParam(idParam)
  @ApiAcceptedResponse({ type: RefoldDto })
  @ApiErrors('bad_request')
  async removeData(@Param('id') id: string, @CurrentKey() key: KeyHolder): Promise<RefoldDto> {
    requireConnectionId(id);
    return refoldView(await this.refolds.remove(id, key.id));
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
}

function requireConnectionId(text: string): void {
  if (isConnectionId(text)) return;
  throw new MillraceError('bad_request', 'That is not the id of a connection, such as con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC.');
}
