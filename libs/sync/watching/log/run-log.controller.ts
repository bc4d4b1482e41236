import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { listOf, textAfter, type List } from '#platform';
import { Runs } from '../../runs/runs.ts';
import { RunLogLineResponse, RunLogQuery, RunLogResponse } from './run-log.response.ts';
import { RunLogStore } from './run-log-store.ts';
import { RunLogWriter } from './run-log-writer.ts';

@ApiTags('runs')
@ApiBearerAuth()
@Controller('api/runs')
export class RunLogController {
  constructor(
    private readonly runs: Runs,
    private readonly store: RunLogStore,
    private readonly writer: RunLogWriter,
  ) {}

  @Get(':id/log')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'What happened to a run, line by line, oldest first' })
  @ApiOkResponse({ type: RunLogResponse })
  @ApiErrors('bad_request', 'not_found')
  async list(
    @Param('id') run: string,
    @Query() { level, after, limit }: RunLogQuery,
  ): Promise<List<RunLogLineResponse>> {
    await this.runs.get(run);
    await this.writer.flush(); // what other processes have to say comes within a second
    const lines = await this.store.list(run, { level, after: textAfter(after), limit: limit + 1 });
    return listOf(
      lines,
      limit,
      (line) => RunLogLineResponse.of(line),
      ({ _id }) => _id,
    );
  }
}
