import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { parseDuration } from '@millrace/sdk';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { listOf, textAfter, type List } from '#platform';
import { AlertQuery, SnoozeDto } from './alert.dto.ts';
import { AlertListResponse, AlertResponse, ToldAlertResponse } from './alert.response.ts';
import { Alerts } from './alerts.ts';

@ApiTags('alerts')
@ApiBearerAuth()
@RequireRole('operator')
@Controller('api/alerts')
export class AlertsController {
  constructor(private readonly alerts: Alerts) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The alerts, the newest first; kept for 90 days after they recovered' })
  @ApiOkResponse({ type: AlertListResponse })
  @ApiErrors('bad_request')
  async list(@Query() { state, sync, after, limit }: AlertQuery): Promise<List<AlertResponse>> {
    const found = await this.alerts.list({ state, sync, after: textAfter(after), limit: limit + 1 });
    return listOf(
      found,
      limit,
      (view) => AlertResponse.of(view),
      ({ alert }) => alert._id,
    );
  }

  @Get(':id')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One alert, with what was told about it' })
  @ApiOkResponse({ type: ToldAlertResponse })
  @ApiErrors('not_found')
  async get(@Param('id') id: string): Promise<ToldAlertResponse> {
    return ToldAlertResponse.ofTold(await this.alerts.get(id), await this.alerts.messages(id));
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @ApiOperation({ summary: 'Somebody deals with it: quiet until it recovers' })
  @ApiOkResponse({ type: AlertResponse })
  @ApiErrors('not_found', 'conflict')
  async acknowledge(@Param('id') id: string, @CurrentKey() by: KeyHolder): Promise<AlertResponse> {
    return AlertResponse.of(await this.alerts.acknowledge(id, by.name));
  }

  @Post(':id/snooze')
  @HttpCode(200)
  @ApiOperation({ summary: 'Quiet for some time, then reminded of' })
  @ApiOkResponse({ type: AlertResponse })
  @ApiErrors('bad_request', 'not_found', 'conflict')
  async snooze(@Param('id') id: string, @Body() dto: SnoozeDto): Promise<AlertResponse> {
    const { milliseconds = 0 } = parseDuration(dto.for) ?? {};
    return AlertResponse.of(await this.alerts.snooze(id, new Date(Date.now() + milliseconds)));
  }
}
