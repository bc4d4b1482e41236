import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { listOf, momentAndIdAfter, type List } from '#platform';
import { Firings } from '../firings.ts';
import { Triggers } from '../triggers.ts';
import { FiringListView, FiringView, RetriedView } from './firing.view.ts';
import { TriggerSlug } from './slug-param.ts';
import { FiringListQuery, RetryFiringsDto } from './trigger.dto.ts';

const slugParam = { name: 'id', description: 'The slug.', example: 'abandoned-carts' };

@ApiTags('triggers')
@ApiBearerAuth()
@RequireRole('operator')
@Controller('api/triggers/:id')
export class FiringsController {
  constructor(
    private readonly triggers: Triggers,
    private readonly firings: Firings,
  ) {}

  @Get('firings')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'What it did, newest first', description: 'Firings are kept for 90 days.' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: FiringListView })
  @ApiErrors('bad_request', 'not_found')
  async list(
    @TriggerSlug() slug: string,
    @Query() { state, profile, after, limit }: FiringListQuery,
  ): Promise<List<FiringView>> {
    await this.triggers.get(slug);
    const found = await this.firings.list(slug, { state, profile, after: momentAndIdAfter(after), limit: limit + 1 });
    return listOf(
      found,
      limit,
      (one) => FiringView.of(one),
      ({ createdAt, _id }) => [createdAt.getTime(), _id],
    );
  }

  @Post('firings/:firing/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try one again', description: 'Under the same id: one that failed, was held or skipped.' })
  @ApiParam(slugParam)
  @ApiParam({ name: 'firing', example: 'fir_3c0b1a7d9e2f4a5b8c6d7e8f9a0b1c2d' })
  @ApiOkResponse({ type: FiringView })
  @ApiErrors('bad_request', 'not_found', 'conflict')
  async retry(@TriggerSlug() slug: string, @Param('firing') firing: string): Promise<FiringView> {
    return FiringView.of(await this.firings.retry(slug, firing));
  }

  @Post('retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try all again that failed, or were held' })
  @ApiParam(slugParam)
  @ApiOkResponse({ type: RetriedView })
  @ApiErrors('bad_request', 'not_found')
  async retryAll(@TriggerSlug() slug: string, @Body() { state }: RetryFiringsDto): Promise<RetriedView> {
    await this.triggers.get(slug);
    return { retried: await this.firings.retryAll(slug, state) };
  }
}
