import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, CurrentKey, ReadsOnly, RequireRole, type KeyHolder } from '#access';
import { Fenced, MadeFrom, listOf, textAfter, RemovalQuery, PageQuery, Rehearsable, type List } from '#platform';
import { MeasureWarnings } from '../computed/index.ts';
import { Definitions, Slug } from '../definitions/index.ts';
import { Membership } from '../membership/index.ts';
import { AudienceTrial } from './audience-trial.ts';
import { ConditionDto, PutAudienceDto } from './audience.dto.ts';
import { AudienceRehearsalQuery } from './audience-rehearsal.query.ts';
import { AudienceListView, AudienceView, CountView } from './audience.view.ts';
import { Audiences } from './audiences.ts';

const slugParam = { name: 'id', description: 'The slug.', example: 'loyal' };

@ApiTags('audiences')
@RequireRole('marketer')
@Controller('api/audiences')
export class AudiencesController {
  constructor(
    private readonly audiences: Audiences,
    private readonly definitions: Definitions,
    private readonly membership: Membership,
    private readonly trial: AudienceTrial,
    private readonly warnings: MeasureWarnings,
  ) {}

  @Post('count')
  @ReadsOnly()
  @HttpCode(200)
  @RequireRole('viewer')
  @ApiOperation({
    summary: 'Try a condition before saving it',
    description:
      'Exact for up to 10,000 people; else estimated from a random sample of as many. About sensitive traits only operators may ask.',
  })
  @ApiOkResponse({ type: CountView })
  @ApiErrors('bad_request', 'invalid_condition')
  async count(@Body() { condition: given }: ConditionDto, @CurrentKey() key: KeyHolder): Promise<CountView> {
    const condition = await this.audiences.readCondition(given);
    await this.audiences.refuseUnseen(condition, key);
    const now = new Date();
    const measures = condition.measures.flatMap(({ measure }) => measure ?? []);
    const [trial, warnings] = await Promise.all([this.trial.count(condition, now), this.warnings.of(measures, now)]);
    return { ...trial, sentence: condition.sentence, warnings };
  }

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The audiences' })
  @ApiOkResponse({ type: AudienceListView })
  @ApiErrors('bad_request')
  async list(@Query() { after, limit }: PageQuery): Promise<List<AudienceView>> {
    const [found, head] = await Promise.all([
      this.audiences.list(textAfter(after), limit + 1),
      this.definitions.head(),
    ]);
    return listOf(
      found,
      limit,
      (one) => AudienceView.of(one, head),
      (last) => last._id,
    );
  }

  @Get(':id')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One audience, with how many are in it and how far it is' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: AudienceView })
  @ApiErrors('bad_request', 'not_found')
  async get(@Slug() slug: string): Promise<AudienceView> {
    const audience = await this.audiences.get(slug);
    const [head, count] = await Promise.all([this.definitions.head(), this.membership.count(slug)]);
    return AudienceView.of(audience, head, count);
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Make the audience of that slug, or make it be exactly this',
    description:
      'The same again changes nothing. A change is brought to all profiles in the background. About sensitive traits only operators may ask. ' +
      'With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @ApiParam(slugParam)
  @Fenced('edition')
  @ApiOkResponse({ type: AudienceView })
  @ApiCreatedResponse({ type: AudienceView })
  @Rehearsable()
  @ApiErrors('bad_request', 'invalid_condition', 'conflict')
  async put(
    @Slug() slug: string,
    @Body() dto: PutAudienceDto,
    @CurrentKey() key: KeyHolder,
    @Query() { rehearse, coming }: AudienceRehearsalQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AudienceView | void> {
    if (rehearse) return this.audiences.refuseUnseen(await this.audiences.rehearsePut(slug, dto, coming), key);
    await this.audiences.refuseUnseen(await this.audiences.readCondition(dto.condition), key);
    const { audience, created } = await this.audiences.put(slug, dto, madeFrom);
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return AudienceView.of(audience, await this.definitions.head());
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove it; its members leave it in the background',
    description:
      'Refused with `in_use` while syncs, triggers, connections, templates or blocks use it, unless `force=true`.',
  })
  @ApiParam(slugParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found', 'in_use')
  remove(@Slug() slug: string, @Query() how: RemovalQuery): Promise<void> {
    return this.audiences.remove(slug, how);
  }
}
