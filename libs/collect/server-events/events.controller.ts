import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, Public } from '#access';
import { Idempotent } from '#platform';
import { Collector } from '../collector/index.ts';
import { readServerEvent } from './read-server-event.ts';
import { CollectedDto, ServerEventsDto } from './server-event.dto.ts';
import { SendingSourceId, WriteKeyGuard } from './write-key.guard.ts';

@ApiTags('events')
@Public() // a write key instead of an API key
@UseGuards(WriteKeyGuard)
@ApiBearerAuth()
@Controller('api/events')
export class EventsController {
  constructor(private readonly collector: Collector) {}

  @Post()
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({
    summary: 'Tell what happened to people, from a server',
    description:
      'Takes a write key of a source. What is answered as kept is durable. Events that cannot be read harm no other; they are told, and are rejects of the sync.',
  })
  @ApiOkResponse({ type: CollectedDto })
  @ApiErrors('bad_request', 'payload_too_large', 'rate_limited', 'service_unavailable')
  async collect(@Body() { events }: ServerEventsDto, @SendingSourceId() source: string): Promise<CollectedDto> {
    const receivedAt = new Date();
    const read = (given: unknown) => readServerEvent(given, receivedAt);
    const { rejected, warnings } = await this.collector.collect(source, events, { receivedAt, read });
    return { kept: events.length - rejected.length, rejected, warnings };
  }
}
