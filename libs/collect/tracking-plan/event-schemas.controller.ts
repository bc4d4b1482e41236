import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Put, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { MillraceError } from '@millrace/sdk';
import { ApiErrors, RequireRole } from '#access';
import { Fenced, MadeFrom, PageQuery, Rehearsable, RehearseQuery, PlainRemovalQuery, type List } from '#platform';
import { EventSchemaDto, EventSchemaListDto, PutEventSchemaDto } from './event-schema.dto.ts';
import { EventSchemas, type EventSchemaView } from './event-schemas.ts';
import { TrackingPlan } from './tracking-plan.ts';

const eventParam = { name: 'event', description: "The event's name.", example: 'Order Completed' };

@ApiTags('events')
@RequireRole('operator')
@Controller('api/event-schemas')
export class EventSchemasController {
  constructor(
    private readonly schemas: EventSchemas,
    private readonly plan: TrackingPlan,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The tracking plan: events that have a schema' })
  @ApiOkResponse({ type: EventSchemaListDto })
  @ApiErrors('bad_request')
  list(@Query() page: PageQuery): Promise<List<EventSchemaView>> {
    return this.schemas.list(page);
  }

  @Get(':event')
  @ApiOperation({ summary: 'The schema of an event' })
  @ApiParam(eventParam)
  @ApiOkResponse({ type: EventSchemaDto })
  @ApiErrors('not_found')
  get(@Param('event') event: string): Promise<EventSchemaView> {
    return this.schemas.get(event);
  }

  @Put(':event')
  @ApiOperation({
    summary: 'Say what the properties of an event have to be',
    description:
      'It holds in every process within 5 seconds, for all ways by which the event may come. ' +
      'With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @ApiParam(eventParam)
  @Fenced()
  @ApiOkResponse({ type: EventSchemaDto })
  @ApiCreatedResponse({ type: EventSchemaDto })
  @Rehearsable()
  @ApiErrors('bad_request', 'not_found', 'conflict')
  async put(
    @Param('event') event: string,
    @Body() body: PutEventSchemaDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EventSchemaView | undefined> {
    if (event.length > 256) throw new MillraceError('bad_request', 'The name of an event has at most 256 characters.');
    if (rehearse) {
      await this.schemas.check(event, body, { madeFrom });
      return undefined;
    }
    const { view, created } = await this.schemas.put(event, body, { madeFrom });
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    await this.plan.refresh();
    return view;
  }

  @Delete(':event')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let the properties of an event be what they are' })
  @ApiParam(eventParam)
  @ApiNoContentResponse()
  @ApiErrors('not_found')
  async remove(@Param('event') event: string, @Query() { rehearse }: PlainRemovalQuery): Promise<void> {
    if (rehearse) {
      await this.schemas.get(event);
      return;
    }
    await this.schemas.remove(event);
    await this.plan.refresh();
  }
}
