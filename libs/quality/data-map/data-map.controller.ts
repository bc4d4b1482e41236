import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { encodeCursor, textAfter } from '#platform';
import { PutQualityScheduleDto, QualityScheduleDto, QualitySchedules, wantedSchedule } from '../schedules/index.ts';
import { DataMapDto, DataMapQuery, DataMapScanDto, MappedTraitDto, scansOf } from './data-map.dto.ts';
import { DataMapScanner } from './data-map-scanner.ts';
import { DataMap } from './data-map.ts';

@ApiTags('data map')
@RequireRole('viewer')
@Controller('api/data-map')
export class DataMapController {
  constructor(
    private readonly map: DataMap,
    private readonly scanner: DataMapScanner,
    private readonly schedules: QualitySchedules,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Every trait: what feeds it, what uses it, how filled and how fresh it is',
    description: 'As the last look at all profiles found it: `scan` says when that was and how many were looked at.',
  })
  @ApiOkResponse({ type: DataMapDto })
  @ApiErrors('bad_request')
  async list(@Query() { after, limit, problem }: DataMapQuery): Promise<DataMapDto> {
    const state = await this.map.state();
    const query = { problem, after: textAfter(after), limit: limit + 1 };
    const found = state.latest ? await this.map.traits(state.latest._id, query) : [];
    const data = found.slice(0, limit).map((entry) => MappedTraitDto.of(entry));
    const last = data.at(-1);
    return { ...scansOf(state), data, next: last && found.length > limit ? encodeCursor(last.name) : null };
  }

  @Post('refresh')
  @RequireRole('operator')
  @HttpCode(202)
  @ApiOperation({ summary: 'Look at all profiles anew, in the background', description: 'One look at a time.' })
  @ApiAcceptedResponse({ type: DataMapScanDto })
  @ApiErrors()
  async refresh(): Promise<DataMapScanDto> {
    return DataMapScanDto.of(await this.scanner.begin());
  }

  @Get('schedule')
  @ApiOperation({ summary: 'When the data map is made anew', description: 'Nightly unless somebody said otherwise.' })
  @ApiOkResponse({ type: QualityScheduleDto })
  @ApiErrors()
  async schedule(): Promise<QualityScheduleDto> {
    return QualityScheduleDto.of(await this.schedules.get('data-map'));
  }

  @Put('schedule')
  @RequireRole('operator')
  @ApiOperation({ summary: 'Say when the data map is made anew' })
  @ApiOkResponse({ type: QualityScheduleDto })
  @ApiErrors('bad_request', 'invalid_schedule')
  async putSchedule(@Body() body: PutQualityScheduleDto): Promise<QualityScheduleDto> {
    return QualityScheduleDto.of(await this.schedules.put('data-map', wantedSchedule(body)));
  }

  @Get('traits/:name')
  @ApiOperation({ summary: 'One trait of the data map' })
  @ApiParam({ name: 'name', example: 'city' })
  @ApiOkResponse({ type: MappedTraitDto })
  @ApiErrors('not_found')
  async trait(@Param('name') name: string): Promise<MappedTraitDto> {
    return MappedTraitDto.of(await this.map.trait(name));
  }
}
