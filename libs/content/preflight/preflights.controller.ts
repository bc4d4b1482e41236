import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query, Sse, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import type { Observable } from 'rxjs';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import {
  decodeCursor,
  encodeCursor,
  Idempotent,
  listOf,
  notACursor,
  textAfter,
  type List,
  type WatchMessage,
} from '#platform';
import { momentOf, sightOf } from '#profiles';
import { Templates } from '../templates/index.ts';
import { Examples } from './examples.ts';
import { PreflightProgress } from './preflight-progress.ts';
import { PreflightTicker } from './preflight-ticker.ts';
import { ExampleQuery, PreflightListQuery, PreflightRequestDto } from './preflight-request.dto.ts';
import { summaryView, PreflightViews } from './preflight-views.ts';
import {
  ExampleListDto,
  PreflightDto,
  PreflightListDto,
  PreflightSummaryDto,
  type ExampleDto,
} from './preflight.dto.ts';
import { Preflights } from './preflights.ts';
import { SeenPreflight } from './seen-preflight.guard.ts';
import { withholdsDetails } from './withholding.ts';

const idParam = { name: 'id', example: 'pfl_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' };

@ApiTags('preflights')
@RequireRole('marketer')
@Controller('api/preflights')
export class PreflightsController {
  constructor(
    private readonly preflights: Preflights,
    private readonly views: PreflightViews,
    private readonly progress: PreflightProgress,
    private readonly examplesOf: Examples,
    private readonly templates: Templates,
    private readonly ticker: PreflightTicker,
  ) {}

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  @Idempotent()
  @ApiOperation({
    summary: 'Compose a template for a whole audience, without sending',
    description:
      'In the background. It counts blanks, fallbacks, errors, variants, sizes and who would not be sent the mail, and judges that by limits. ' +
      'What is exported needs one that has passed lately.',
  })
  @ApiAcceptedResponse({ type: PreflightDto })
  @ApiErrors(
    'bad_request',
    'template_not_found',
    'template_invalid',
    'template_too_large',
    'not_found',
    'conflict',
    'rate_limited',
  )
  async begin(@Body() { asOf, ...body }: PreflightRequestDto, @CurrentKey() key: KeyHolder): Promise<PreflightDto> {
    const request = { ...body, ...(asOf !== undefined && { asOf: momentOf(asOf) }) };
    const preflight = await this.preflights.begin(request, key);
    this.ticker.wake();
    return this.views.of(preflight, sightOf(key));
  }

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'Preflights, newest first', description: 'They are kept for 30 days.' })
  @ApiOkResponse({ type: PreflightListDto })
  @ApiErrors('bad_request', 'template_not_found')
  async list(
    @Query() { template, after, limit }: PreflightListQuery,
    @CurrentKey() key: KeyHolder,
  ): Promise<List<PreflightSummaryDto>> {
    const known = template === undefined ? undefined : (await this.templates.get(template)).id;
    const found = await this.preflights.list({
      ...{ template: known, before: textAfter(after), limit: limit + 1 },
      viewer: sightOf(key),
    });
    return listOf(found, limit, summaryView, ({ _id }) => _id);
  }

  @Get(':id')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'How far it is, and what it has counted so far' })
  @ApiParam(idParam)
  @ApiOkResponse({ type: PreflightDto })
  @ApiErrors('not_found', 'forbidden')
  async get(@Param('id') id: string, @CurrentKey() key: KeyHolder): Promise<PreflightDto> {
    const viewer = sightOf(key);
    return this.views.of(await this.preflights.seenBy(viewer, id), viewer);
  }

  @Sse(':id/progress')
  @UseGuards(SeenPreflight)
  @RequireRole('viewer')
  @ApiOperation({ summary: 'Follow a preflight: server-sent events `progress`, and `end` when it has ended' })
  @ApiParam(idParam)
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ type: PreflightDto })
  @ApiErrors('not_found', 'forbidden')
  follow(@Param('id') id: string, @CurrentKey() key: KeyHolder): Observable<WatchMessage> {
    return this.progress.follow(id, sightOf(key));
  }

  @Post(':id/cancel')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Call a preflight off', description: 'It stops within about a second.' })
  @ApiParam(idParam)
  @ApiOkResponse({ type: PreflightDto })
  @ApiErrors('not_found', 'forbidden', 'conflict')
  async cancel(@Param('id') id: string, @CurrentKey() key: KeyHolder): Promise<PreflightDto> {
    await this.preflights.seenBy(sightOf(key), id);
    return this.views.of(await this.preflights.cancel(id), sightOf(key));
  }

  @Get(':id/examples')
  @ApiOperation({
    summary: 'People whose mails are the worst of a kind',
    description:
      'At most 50 of each kind, the worst first. Of a preflight that saw sensitive traits only for keys that may see them.',
  })
  @ApiParam(idParam)
  @ApiOkResponse({ type: ExampleListDto })
  @ApiErrors('bad_request', 'not_found', 'forbidden')
  async examples(
    @Param('id') id: string,
    @Query() { kind, after, limit }: ExampleQuery,
    @CurrentKey() key: KeyHolder,
  ): Promise<List<ExampleDto>> {
    const preflight = await this.preflights.get(id);
    if (withholdsDetails(preflight, sightOf(key))) throw unmasked();
    const found = await this.examplesOf.page(id, kind, scoreAndIdAfter(after), limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      data: await this.views.examples(preflight, page),
      next: last && found.length > limit ? encodeCursor([last.score, last._id]) : null,
    };
  }
}

/** Whose mail has a blank tells by name what its condition saw. */
function unmasked(): MillraceError {
  const message =
    'The mails were composed with sensitive traits, which your key may not see: who is an example would tell them. Start a preflight of your own, or ask an operator.';
  return new MillraceError('forbidden', message);
}

function scoreAndIdAfter(after: string | undefined): { score: number; _id: string } | undefined {
  const position = after === undefined ? undefined : decodeCursor(after);
  if (position === undefined) return undefined;
  const [score, _id] = Array.isArray(position) ? position : [];
  if (typeof score === 'number' && typeof _id === 'string') return { score, _id };
  throw notACursor();
}
