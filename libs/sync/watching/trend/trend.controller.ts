import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { TrendQuery, TrendResponse } from './trend.response.ts';
import { Trends } from './trends.ts';

@ApiTags('syncs')
@ApiBearerAuth()
@Controller('api/syncs')
export class TrendController {
  constructor(private readonly trends: Trends) {}

  @Get(':id/trend')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'How it has been doing: runs, rows, durations and lag by day' })
  @ApiOkResponse({ type: TrendResponse })
  @ApiErrors('bad_request', 'not_found')
  async show(@Param('id') sync: string, @Query() { days }: TrendQuery): Promise<TrendResponse> {
    return TrendResponse.of(await this.trends.of(sync, days));
  }
}
