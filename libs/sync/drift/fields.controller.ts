import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { Connections } from '#connections';
import { listOf, textAfter, PageQuery, type List } from '#platform';
import { Syncs } from '../syncs/syncs.ts';
import { FieldListResponse, FieldResponse } from './field.response.ts';
import { readersOf } from './field-readers.ts';
import { KnownFields } from './known-fields.ts';
import { fieldUseOf } from './sync-field-use.ts';

@ApiTags('syncs')
@ApiBearerAuth()
@Controller('api/syncs/:id/fields')
export class FieldsController {
  constructor(
    private readonly syncs: Syncs,
    private readonly connections: Connections,
    private readonly fields: KnownFields,
  ) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The fields that its rows are known to have, and what reads them' })
  @ApiOkResponse({ type: FieldListResponse })
  @ApiErrors('bad_request', 'not_found')
  async list(@Param('id') idOrSlug: string, @Query() { after, limit }: PageQuery): Promise<List<FieldResponse>> {
    const sync = await this.syncs.require(idOrSlug);
    const readBy = readersOf(await fieldUseOf(sync, this.connections));
    const found = await this.fields.list(sync._id, { after: textAfter(after), limit: limit + 1 });
    return listOf(
      found,
      limit,
      (field) => FieldResponse.of(field, readBy(field.path)),
      ({ path }) => path,
    );
  }
}
