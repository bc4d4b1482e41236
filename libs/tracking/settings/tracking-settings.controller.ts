import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { Fenced, MadeFrom, Rehearsable, RehearseQuery, Settings, trackingAddress } from '#platform';
import { PutTrackingSettingsDto, TrackingSettingsDto } from './tracking-settings.dto.ts';
import { TrackingSettings } from './tracking-settings.ts';

@ApiTags('tracking')
@Controller('api/tracking-settings')
export class TrackingSettingsController {
  constructor(
    private readonly tracking: TrackingSettings,
    private readonly settings: Settings,
  ) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'What holds for pixels and links in mails' })
  @ApiOkResponse({ type: TrackingSettingsDto })
  @ApiErrors()
  async get(): Promise<TrackingSettingsDto> {
    return { ...(await this.tracking.get()), address: trackingAddress(this.settings) };
  }

  @Put()
  @RequireRole('operator')
  @ApiOperation({
    summary: 'Say what holds for pixels and links in mails',
    description:
      'It holds at once. The same again changes nothing. ' +
      'With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @Fenced()
  @ApiOkResponse({ type: TrackingSettingsDto })
  @Rehearsable()
  @ApiErrors('bad_request', 'conflict')
  async put(
    @Body() body: PutTrackingSettingsDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
  ): Promise<TrackingSettingsDto | void> {
    if (rehearse) return this.tracking.rehearsePut({ madeFrom });
    return { ...(await this.tracking.put(body, { madeFrom })), address: trackingAddress(this.settings) };
  }
}
