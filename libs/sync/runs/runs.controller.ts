import { Controller, Get, HttpCode, Param, Post, Query, Sse, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { listOf, textAfter, numberAfter, Idempotent, PageQuery, type List, type WatchMessage } from '#platform';
import { RejectListResponse, RejectResponse } from '../rejects/reject.response.ts';
import { Rejects } from '../rejects/rejects.ts';
import { Syncs } from '../syncs/syncs.ts';
import { ProgressReader } from '../watching/progress/progress-reader.ts';
import { RunListQuery, RunListResponse } from './run.dto.ts';
import { KnownRun } from './known-run.guard.ts';
import { RunProgress } from './run-progress.ts';
import { RunResponse } from './run.response.ts';
import { Runs } from './runs.ts';

@ApiTags('runs')
@ApiBearerAuth()
@Controller('api/runs')
export class RunsController {
  constructor(
    private readonly runs: Runs,
    private readonly syncs: Syncs,
    private readonly progress: RunProgress,
    private readonly progressReader: ProgressReader,
    private readonly rejects: Rejects,
  ) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'Runs, newest first' })
  @ApiOkResponse({ type: RunListResponse })
  @ApiErrors('bad_request', 'not_found')
  async list(@Query() { sync, state, since, after, limit }: RunListQuery): Promise<List<RunResponse>> {
    const runs = await this.runs.list({
      sync: sync && (sync.startsWith('syn_') ? sync : (await this.syncs.require(sync))._id),
      state,
      since: since ? new Date(since) : undefined,
      after: textAfter(after),
      limit: limit + 1,
    });
    return listOf(
      runs,
      limit,
      (run) => RunResponse.of(run),
      ({ _id }) => _id,
    );
  }

  @Get(':id')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One run with its ledger' })
  @ApiOkResponse({ type: RunResponse })
  @ApiErrors('not_found')
  async get(@Param('id') id: string): Promise<RunResponse> {
    const run = await this.runs.get(id);
    return RunResponse.inProgress(run, await this.progressReader.of(run));
  }

  @Sse(':id/progress')
  @UseGuards(KnownRun)
  @RequireRole('viewer')
  @ApiOperation({ summary: 'Follow a run: server-sent events `progress`, and `end` when it has ended' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ type: RunResponse })
  @ApiErrors('not_found')
  follow(@Param('id') run: string): Observable<WatchMessage> {
    return this.progress.follow(run);
  }

  @Get(':id/rejects')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The rows that were refused, with reason and original' })
  @ApiOkResponse({ type: RejectListResponse })
  @ApiErrors('bad_request', 'not_found')
  async listRejects(
    @Param('id') run: string,
    @Query() { after, limit }: PageQuery,
    @CurrentKey() key: KeyHolder,
  ): Promise<List<RejectResponse>> {
    await this.runs.get(run);
    const rejects = await this.rejects.list(run, { after: numberAfter(after), limit: limit + 1 });
    return listOf(
      rejects,
      limit,
      (reject) => RejectResponse.of(reject, key),
      ({ seq }) => seq,
    );
  }

  @Post(':id/cancel')
  @RequireRole('operator')
  @HttpCode(202)
  @ApiOperation({ summary: 'End a run; workers heed it within a second' })
  @ApiAcceptedResponse({ type: RunResponse })
  @ApiErrors('not_found', 'conflict')
  async cancel(@Param('id') run: string): Promise<RunResponse> {
    return RunResponse.of(await this.runs.cancel(run));
  }

  @Post(':id/pause')
  @RequireRole('operator')
  @HttpCode(202)
  @ApiOperation({ summary: 'Let a run rest; what is read is finished first' })
  @ApiAcceptedResponse({ type: RunResponse })
  @ApiErrors('not_found', 'conflict')
  async pause(@Param('id') run: string): Promise<RunResponse> {
    return RunResponse.of(await this.runs.pause(run));
  }

  @Post(':id/resume')
  @RequireRole('operator')
  @HttpCode(202)
  @ApiOperation({ summary: 'Let a paused run go on where it was' })
  @ApiAcceptedResponse({ type: RunResponse })
  @ApiErrors('not_found', 'conflict')
  async resume(@Param('id') run: string): Promise<RunResponse> {
    return RunResponse.of(await this.runs.resume(run));
  }

  @Post(':id/retry')
  @RequireRole('operator')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({ summary: 'Try again what failed or was cancelled, in a new run with the sync of now' })
  @ApiAcceptedResponse({ type: RunResponse })
  @ApiErrors('bad_request', 'not_found', 'run_active', 'connector_disabled', 'conflict')
  async retry(@Param('id') run: string): Promise<RunResponse> {
    return RunResponse.of(await this.runs.retry(run));
  }

  @Post(':id/approve')
  @RequireRole('operator')
  @HttpCode(202)
  @ApiOperation({ summary: 'Let a held run go on' })
  @ApiAcceptedResponse({ type: RunResponse })
  @ApiErrors('not_found', 'run_not_held', 'conflict')
  async approve(@Param('id') run: string): Promise<RunResponse> {
    return RunResponse.of(await this.runs.approve(run));
  }
}
