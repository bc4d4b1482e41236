import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, RequireRole } from '#access';
import { Fenced, MadeFrom, RemovalQuery, Idempotent, listOf, textAfter, Rehearsable, type List } from '#platform';
import { RunResponse } from '../runs/run.response.ts';
import { Runs } from '../runs/runs.ts';
import { SyncListQuery, SyncListResponse } from './sync-list.dto.ts';
import { StartRunDto } from '../runs/start-run.dto.ts';
import { LabelledDto } from './labelled.dto.ts';
import { StartsFromDto } from './starts-from.dto.ts';
import { syncFaults } from './sync-faults.ts';
import { SyncChangeDto, SyncDto } from './sync.dto.ts';
import { SyncRehearsalQuery } from './sync-rehearsal.dto.ts';
import { SyncResponse } from './sync.response.ts';
import { Syncs } from './syncs.ts';

@ApiTags('syncs')
@ApiBearerAuth()
@Controller('api/syncs')
export class SyncsController {
  constructor(
    private readonly syncs: Syncs,
    private readonly runs: Runs,
  ) {}

  @Post()
  @RequireRole('operator')
  @Idempotent()
  @ApiOperation({ summary: 'Join a stream to an object' })
  @ApiCreatedResponse({ type: SyncResponse })
  @ApiErrors(...syncFaults, 'conflict')
  async create(@Body() dto: SyncDto): Promise<SyncResponse> {
    return SyncResponse.of(await this.syncs.create(dto));
  }

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The syncs, each with its state and the reason for it' })
  @ApiOkResponse({ type: SyncListResponse })
  @ApiErrors('bad_request')
  async list(@Query() query: SyncListQuery): Promise<List<SyncResponse>> {
    const { after, limit, label } = query;
    const found = await this.syncs.list({ label, limit: limit + 1, after: textAfter(after) });
    return listOf(
      found,
      limit,
      (sync) => SyncResponse.of(sync),
      ({ _id }) => _id,
    );
  }

  @Post('pause')
  @RequireRole('operator')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let all syncs with a label rest' })
  @ApiOkResponse({ type: SyncListResponse })
  @ApiErrors('bad_request')
  pauseAll(@Body() { label }: LabelledDto): Promise<List<SyncResponse>> {
    return this.setPaused(label, true);
  }

  @Post('resume')
  @RequireRole('operator')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let all syncs with a label go on' })
  @ApiOkResponse({ type: SyncListResponse })
  @ApiErrors('bad_request')
  resumeAll(@Body() { label }: LabelledDto): Promise<List<SyncResponse>> {
    return this.setPaused(label, false);
  }

  @Get(':id')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One sync' })
  @ApiOkResponse({ type: SyncResponse })
  @ApiErrors('not_found')
  async get(@Param('id') sync: string): Promise<SyncResponse> {
    return SyncResponse.of(await this.syncs.get(sync));
  }

  @Put(':id')
  @RequireRole('operator')
  @ApiOperation({
    summary: 'Make the sync of that slug be exactly this',
    description: 'With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @Fenced()
  @ApiOkResponse({ type: SyncResponse })
  @ApiCreatedResponse({ type: SyncResponse })
  @Rehearsable()
  @ApiErrors(...syncFaults, 'conflict')
  async put(
    @Param('id') sync: string,
    @Body() dto: SyncDto,
    @Query() { rehearse, offline }: SyncRehearsalQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SyncResponse | void> {
    if (rehearse) return this.syncs.rehearsePut(sync, dto, { offline });
    const { view, created } = await this.syncs.put(sync, dto, madeFrom);
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return SyncResponse.of(view);
  }

  @Patch(':id')
  @RequireRole('operator')
  @ApiOperation({ summary: 'Change some of it, e.g. pause it' })
  @ApiOkResponse({ type: SyncResponse })
  @ApiErrors(...syncFaults, 'conflict')
  async change(@Param('id') sync: string, @Body() changes: SyncChangeDto): Promise<SyncResponse> {
    return SyncResponse.of(await this.syncs.change(sync, changes));
  }

  @Put(':id/starts-from')
  @RequireRole('operator')
  @ApiOperation({ summary: 'Set where the next run starts; null reads everything again' })
  @ApiOkResponse({ type: SyncResponse })
  @ApiErrors('bad_request', 'not_found', 'run_active', 'conflict')
  async startFrom(@Param('id') sync: string, @Body() { startsFrom }: StartsFromDto): Promise<SyncResponse> {
    return SyncResponse.of(await this.syncs.startFrom(sync, startsFrom));
  }

  @Delete(':id')
  @RequireRole('operator')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove it; its runs remain as history',
    description:
      'Refused with `templates_affected` while templates use what it alone feeds, and with `in_use` while triggers start it, unless `force=true`.',
  })
  @ApiNoContentResponse()
  @ApiErrors('not_found', 'run_active', 'conflict', 'templates_affected', 'in_use')
  async remove(@Param('id') sync: string, @Query() how: RemovalQuery): Promise<void> {
    await this.syncs.remove(sync, how);
  }

  @Post(':id/runs')
  @RequireRole('operator')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({ summary: 'Start a run now' })
  @ApiAcceptedResponse({ type: RunResponse })
  @ApiErrors('bad_request', 'not_found', 'run_active', 'connector_disabled', 'conflict')
  async run(@Param('id') idOrSlug: string, @Body() options: StartRunDto): Promise<RunResponse> {
    const { _id } = await this.syncs.require(idOrSlug);
    return RunResponse.of(await this.runs.start(_id, { trigger: 'manual', ...options }));
  }

  private async setPaused(label: string, paused: boolean): Promise<List<SyncResponse>> {
    const changed = await this.syncs.pauseAll(label, paused);
    return { data: changed.map((sync) => SyncResponse.of(sync)), next: null };
  }
}
