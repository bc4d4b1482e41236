import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Put, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, RequireRole } from '#access';
import { Fenced, MadeFrom, listOf, textAfter, RemovalQuery, PageQuery, RehearseQuery, type List } from '#platform';
import { Definitions, measureOf, Slug, type StoredComputedTrait } from '../definitions/index.ts';
import { PutComputedTraitDto } from './computed-trait.dto.ts';
import { ComputedTraitListView, ComputedTraitView } from './computed-trait.view.ts';
import { ComputedTraits } from './computed-traits.ts';
import { MeasureWarnings } from './measure-warnings.ts';

const slugParam = { name: 'id', description: 'The slug.', example: 'lifetime-value' };

@ApiTags('computed traits')
@RequireRole('marketer')
@Controller('api/computed-traits')
export class ComputedTraitsController {
  constructor(
    private readonly computedTraits: ComputedTraits,
    private readonly definitions: Definitions,
    private readonly warnings: MeasureWarnings,
  ) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The computed traits' })
  @ApiOkResponse({ type: ComputedTraitListView })
  @ApiErrors('bad_request')
  async list(@Query() { after, limit }: PageQuery): Promise<List<ComputedTraitView>> {
    const [found, head] = await Promise.all([
      this.computedTraits.list(textAfter(after), limit + 1),
      this.definitions.head(),
    ]);
    return listOf(
      found,
      limit,
      (one) => ComputedTraitView.of(one, head),
      (last) => last._id,
    );
  }

  @Get(':id')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One computed trait, and how far it is' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: ComputedTraitView })
  @ApiErrors('bad_request', 'not_found')
  async get(@Slug() slug: string): Promise<ComputedTraitView> {
    return this.#view(await this.computedTraits.get(slug));
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Make the computed trait of that slug, or make it be exactly this',
    description:
      'The same again changes nothing. A change is brought to all profiles in the background. ' +
      'With `rehearse=true` nothing is stored, and the answer is what it would be.',
  })
  @ApiParam(slugParam)
  @Fenced()
  @ApiOkResponse({ type: ComputedTraitView })
  @ApiCreatedResponse({ type: ComputedTraitView })
  @ApiErrors('bad_request', 'not_found', 'invalid_condition', 'invalid_trait', 'conflict')
  async put(
    @Slug() slug: string,
    @Body() dto: PutComputedTraitDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ComputedTraitView> {
    if (rehearse) return this.#view(await this.computedTraits.rehearsePut(slug, dto, madeFrom));
    const { computedTrait, created } = await this.computedTraits.put(slug, dto, madeFrom);
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return this.#view(computedTrait);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove it from all profiles',
    description:
      'Refused with `conflict` while audiences use it, and with `in_use` while syncs, triggers, templates or blocks do, unless `force=true`.',
  })
  @ApiParam(slugParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found', 'conflict', 'in_use')
  remove(@Slug() slug: string, @Query() how: RemovalQuery): Promise<void> {
    return this.computedTraits.remove(slug, how);
  }

  async #view(stored: StoredComputedTrait): Promise<ComputedTraitView> {
    const [head, warnings] = await Promise.all([
      this.definitions.head(),
      this.warnings.of([measureOf(stored)], new Date()),
    ]);
    return ComputedTraitView.of(stored, head, warnings);
  }
}
