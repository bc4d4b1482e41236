import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { presets } from '../presets/index.ts';
import { TriggerPresetListView, TriggerPresetView } from './preset.view.ts';

@ApiTags('triggers')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('api/trigger-presets')
export class TriggerPresetsController {
  @Get()
  @ApiOperation({
    summary: 'Triggers that are known to be of use',
    description: 'POST /api/triggers makes one of them: `{ "preset", "with", "do" }`.',
  })
  @ApiOkResponse({ type: TriggerPresetListView })
  @ApiErrors()
  list(): TriggerPresetListView {
    return { data: presets.map((preset) => TriggerPresetView.of(preset)), next: null };
  }
}
