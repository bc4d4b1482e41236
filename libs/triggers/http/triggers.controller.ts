import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, RequireRole } from '#access';
import {
  Fenced,
  MadeFrom,
  Idempotent,
  listOf,
  PageQuery,
  RehearseQuery,
  PlainRemovalQuery,
  textAfter,
  type List,
} from '#platform';
import { FiringCounts } from '../store/index.ts';
import { TriggerTest } from '../trigger-test.ts';
import { Triggers } from '../triggers.ts';
import { CreateTriggerDto } from './create-trigger.dto.ts';
import { requestedTrigger } from './requested-trigger.ts';
import { TriggerSlug } from './slug-param.ts';
import { PutTriggerDto, TestTriggerDto } from './trigger.dto.ts';
import { TriggerListView, TriggerTrialView, TriggerView } from './trigger.view.ts';

const slugParam = { name: 'id', description: 'The slug.', example: 'abandoned-carts' };

@ApiTags('triggers')
@ApiBearerAuth()
@RequireRole('operator')
@Controller('api/triggers')
export class TriggersController {
  constructor(
    private readonly triggers: Triggers,
    private readonly counts: FiringCounts,
    private readonly trial: TriggerTest,
  ) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The triggers' })
  @ApiOkResponse({ type: TriggerListView })
  @ApiErrors('bad_request')
  async list(@Query() { after, limit }: PageQuery): Promise<List<TriggerView>> {
    const found = await this.triggers.list(textAfter(after), limit + 1);
    return listOf(
      found,
      limit,
      (one) => TriggerView.of(one),
      ({ _id }) => _id,
    );
  }

  @Get(':id')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One trigger, with what became of its firings within a day' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: TriggerView })
  @ApiErrors('bad_request', 'not_found')
  async get(@TriggerSlug() slug: string): Promise<TriggerView> {
    return TriggerView.of(await this.triggers.get(slug), await this.counts.ofLastDay(slug));
  }

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Make a trigger, of a preset or of your own',
    description:
      '`{ "preset": "cart-abandonment", "with": { "wait": "4h" }, "do": … }` is enough; see GET /api/trigger-presets. What comes of it is ' +
      'a trigger like any other.',
  })
  @ApiCreatedResponse({ type: TriggerView })
  @ApiErrors('bad_request', 'invalid_condition', 'invalid_config', 'invalid_mapping', 'not_found', 'conflict')
  async create(@Body() dto: CreateTriggerDto): Promise<TriggerView> {
    const { slug, trigger } = requestedTrigger(dto);
    return TriggerView.of(await this.triggers.create(slug, trigger));
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Make a trigger, or make it what is given',
    description:
      'The same again changes nothing. A secret that is null or absent is kept, `""` clears it. Processes go by it within 2 s. With ' +
      '`rehearse=true` nothing is stored, and what it names may be yet to come: a higher `revision` than now says that it would change.',
  })
  @ApiParam(slugParam)
  @Fenced()
  @ApiOkResponse({ type: TriggerView })
  @ApiCreatedResponse({ type: TriggerView })
  @ApiErrors(
    'bad_request',
    'invalid_condition',
    'invalid_config',
    'invalid_mapping',
    'secrets_required',
    'not_found',
    'conflict',
  )
  async put(
    @TriggerSlug() slug: string,
    @Body() dto: PutTriggerDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TriggerView> {
    const { trigger, created } = await this.triggers.put(slug, dto, { rehearse, madeFrom });
    response.status(created && !rehearse ? HttpStatus.CREATED : HttpStatus.OK);
    return TriggerView.of(trigger);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Pause it',
    description: 'What happens meanwhile never fires it; firings that are due wait.',
  })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: TriggerView })
  @ApiErrors('bad_request', 'not_found')
  async pause(@TriggerSlug() slug: string): Promise<TriggerView> {
    return TriggerView.of(await this.triggers.pause(slug));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let it go on', description: 'After a pause, or when it was held because of a limit.' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: TriggerView })
  @ApiErrors('bad_request', 'not_found')
  async resume(@TriggerSlug() slug: string): Promise<TriggerView> {
    return TriggerView.of(await this.triggers.resume(slug));
  }

  @Post(':id/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'What it would do for somebody now', description: 'Nothing is sent and nothing is stored.' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: TriggerTrialView })
  @ApiErrors('bad_request', 'not_found', 'profile_not_found', 'invalid_identity', 'mapping_failed')
  async test(@TriggerSlug() slug: string, @Body() { identity, properties }: TestTriggerDto): Promise<TriggerTrialView> {
    return this.trial.run(await this.triggers.get(slug), identity, properties);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a trigger with its firings' })
  @ApiParam(slugParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found')
  async remove(@TriggerSlug() slug: string, @Query() { rehearse }: PlainRemovalQuery): Promise<void> {
    await (rehearse ? this.triggers.get(slug) : this.triggers.remove(slug));
  }
}
