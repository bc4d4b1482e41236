import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { Idempotent, type List } from '#platform';
import { Hooks } from '../registration/index.ts';
import {
  DeliveryDto,
  DeliveryListDto,
  DeliveryListQuery,
  ReplayedDto,
  ReplayWindowDto,
  WholeDeliveryDto,
} from './delivery.dto.ts';
import type { DeliveryView, WholeDeliveryView } from './delivery-view.ts';
import { Kept, type Replayed } from './kept.ts';

const deliveryParam = { name: 'delivery', description: 'Id of the delivery.', example: 'b1c7…' };

@ApiTags('webhooks')
@RequireRole('operator')
@ApiParam({ name: 'id', description: 'Id or slug of the connection.', example: 'my-shopify' })
@Controller('api/connections/:id/hook/deliveries')
export class DeliveriesController {
  constructor(
    private readonly hooks: Hooks,
    private readonly kept: Kept,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What was delivered, newest first' })
  @ApiOkResponse({ type: DeliveryListDto })
  @ApiErrors('bad_request', 'not_found')
  async list(@Param('id') ref: string, @Query() query: DeliveryListQuery): Promise<List<DeliveryView>> {
    const { from, to, ...page } = query;
    return this.kept.list(await this.hooks.require(ref), {
      ...page,
      from: from ? new Date(from) : undefined,
      to: to ? new Date(to) : undefined,
    });
  }

  @Get(':delivery')
  @ApiOperation({ summary: 'A delivery as it came' })
  @ApiParam(deliveryParam)
  @ApiOkResponse({ type: WholeDeliveryDto })
  @ApiErrors('not_found')
  async get(@Param('id') ref: string, @Param('delivery') id: string): Promise<WholeDeliveryView> {
    return this.kept.get(await this.hooks.require(ref), id);
  }

  @Post('replay')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({
    summary: 'Replay what arrived in a window',
    description:
      'Every sync that reads the connection gets it again, under its mapping of now. At most 1,000 deliveries a request, fewer where not all could be kept: go on with `next`.',
  })
  @ApiAcceptedResponse({ type: ReplayedDto })
  @ApiErrors('bad_request', 'not_found', 'rate_limited', 'service_unavailable')
  async replayWindow(@Param('id') ref: string, @Body() { from, to, after }: ReplayWindowDto): Promise<Replayed> {
    const connection = await this.hooks.require(ref);
    return this.kept.replayWindow(connection, { from: new Date(from), to: new Date(to), after });
  }

  @Post(':delivery/replay')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({
    summary: 'Replay a delivery',
    description: 'Every sync that reads the connection gets it again, under its mapping of now.',
  })
  @ApiParam(deliveryParam)
  @ApiAcceptedResponse({ type: DeliveryDto })
  @ApiErrors('not_found', 'rate_limited', 'service_unavailable')
  async replay(@Param('id') ref: string, @Param('delivery') id: string): Promise<DeliveryView> {
    return this.kept.replay(await this.hooks.require(ref), id);
  }
}
