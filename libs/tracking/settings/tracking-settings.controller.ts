import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { Settings } from '#platform';
import { trackingAddress } from './tracking-address.ts';
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
  @ApiOperation({ summary: 'Say what holds for pixels and links in mails', description: 'It holds at once.' })
  @ApiOkResponse({ type: TrackingSettingsDto })
  @ApiErrors('bad_request')
  async put(@Body() body: PutTrackingSettingsDto): Promise<TrackingSettingsDto> {
    return { ...(await this.tracking.put(body)), address: trackingAddress(this.settings) };
  }
}
