import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { List } from '#platform';
import { ApiErrors } from '../openapi/api-errors.ts';
import { RequireRole } from '../roles/require-role.ts';
import { ManagedListDto, ManagedQuery } from './managed.dto.ts';
import { ManagedResources, type ManagedView } from './managed-resources.ts';

@ApiTags('audit')
@RequireRole('viewer')
@Controller('api/managed-resources')
export class ManagedResourcesController {
  constructor(private readonly managed: ManagedResources) {}

  @Get()
  @ApiOperation({
    summary: 'What was made in whose name',
    description:
      'A PUT that makes something with the header `Millrace-Managed-By` is noted here until that is removed, as `millrace apply --as` does: what it made, and nothing ' +
      'else, is removed by `--prune`. Connections and syncs have a label instead.',
  })
  @ApiOkResponse({ type: ManagedListDto })
  @ApiErrors('bad_request')
  list(@Query() { owner, ...page }: ManagedQuery): Promise<List<ManagedView>> {
    return this.managed.list(owner, page);
  }
}
