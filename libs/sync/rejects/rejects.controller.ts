import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { listOf, timeAndIdAfter, Idempotent, type List } from '#platform';
import { RunResponse } from '../runs/run.response.ts';
import { Runs } from '../runs/runs.ts';
import { Syncs } from '../syncs/syncs.ts';
import { RejectListQuery, RejectLookupDto, ReplayDto } from './reject.dto.ts';
import { RejectListResponse, RejectResponse } from './reject.response.ts';
import { Rejects, type RejectQuery } from './rejects.ts';

@ApiTags('rejects')
@ApiBearerAuth()
@Controller('api/rejects')
export class RejectsController {
  constructor(
    private readonly rejects: Rejects,
    private readonly runs: Runs,
    private readonly syncs: Syncs,
  ) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'Refused rows of all runs, newest first' })
  @ApiOkResponse({ type: RejectListResponse })
  @ApiErrors('bad_request', 'not_found')
  async list(@Query() query: RejectListQuery, @CurrentKey() key: KeyHolder): Promise<List<RejectResponse>> {
    const { sync, run, code, since, open, after, limit } = query;
    return this.page(key, limit, {
      sync: sync && (await this.syncs.require(sync))._id,
      run,
      code,
      open,
      since: since === undefined ? undefined : new Date(since),
      after: timeAndIdAfter(after),
    });
  }

  @Post('lookup')
  @RequireRole('viewer')
  @HttpCode(200)
  @ApiOperation({
    summary: 'The last 200 refused rows that hold an e-mail address',
    description: 'A POST, so that addresses stay out of URLs and logs.',
  })
  @ApiOkResponse({ type: RejectListResponse })
  @ApiErrors('bad_request')
  lookup(@Body() { email }: RejectLookupDto, @CurrentKey() key: KeyHolder): Promise<List<RejectResponse>> {
    return this.page(key, 200, { email });
  }

  @Post('replay')
  @RequireRole('operator')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({ summary: 'Map refused rows again, with the mapping of now, in a run of their own' })
  @ApiAcceptedResponse({ type: RunResponse })
  @ApiErrors('bad_request', 'not_found', 'run_active', 'connector_disabled', 'conflict')
  async replay(@Body() { sync, run, code, ids }: ReplayDto): Promise<RunResponse> {
    const of = await this.syncOf({ sync, run, ids });
    const replay = { ...(run && { run }), ...(code && { code }), ...(ids && { ids }) };
    await this.rejects.refuseUnreplayable({ sync: of, until: new Date(), plan: { replay } });
    return RunResponse.of(await this.runs.start(of, { trigger: 'manual', replay }));
  }

  private async syncOf({ sync, run, ids }: Pick<ReplayDto, 'sync' | 'run' | 'ids'>): Promise<string> {
    if (sync !== undefined) return (await this.syncs.require(sync))._id;
    if (run !== undefined) return (await this.runs.get(run)).sync;
    const syncs = ids ? await this.rejects.syncsOf(ids) : [];
    const [only] = syncs;
    if (only !== undefined && syncs.length === 1) return only;
    throw new MillraceError(
      'bad_request',
      ids ? 'Give `ids` of rejects of one sync; GET /api/rejects lists them.' : 'Give `sync`, `run` or `ids`.',
    );
  }

  private async page(key: KeyHolder, limit: number, query: Omit<RejectQuery, 'limit'>): Promise<List<RejectResponse>> {
    return listOf(
      await this.rejects.search({ ...query, limit: limit + 1 }),
      limit,
      (reject) => RejectResponse.of(reject, key),
      ({ at, _id }) => [at.toISOString(), _id],
    );
  }
}
