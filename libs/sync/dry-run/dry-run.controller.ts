import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { syncFaults } from '../syncs/sync-faults.ts';
import { DryRunDto, DryRunResponse } from './dry-run.dto.ts';
import { DryRun } from './dry-run.ts';

@ApiTags('syncs')
@ApiBearerAuth()
@Controller('api/syncs/dry-run')
export class DryRunController {
  constructor(private readonly dryRun: DryRun) {}

  @Post()
  @RequireRole('operator')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Rows of a saved or unsaved sync as they would arrive, and as a difference to what is there today; nothing is written',
  })
  @ApiOkResponse({ type: DryRunResponse })
  @ApiErrors(...syncFaults)
  async rows(@Body() dto: DryRunDto): Promise<DryRunResponse> {
    return { data: await this.dryRun.rows(dto) };
  }
}
