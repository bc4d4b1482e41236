import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { OverviewResponse } from './overview.response.ts';
import { Overviews } from './overview.ts';

@ApiTags('watching')
@ApiBearerAuth()
@Controller('api/overview')
export class OverviewController {
  constructor(private readonly overviews: Overviews) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({
    summary: 'How the whole installation is: syncs by state, runs of a day, what is late, what waits, who works',
  })
  @ApiOkResponse({ type: OverviewResponse })
  @ApiErrors()
  async show(): Promise<OverviewResponse> {
    return OverviewResponse.of(await this.overviews.now());
  }
}
