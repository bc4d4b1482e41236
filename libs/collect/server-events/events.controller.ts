import { Body, Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ApiErrors, Public } from '#access';
import { contentHash, Idempotent } from '#platform';
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
  async collect(
    @Body() { events }: ServerEventsDto,
    @SendingSourceId() source: string,
    @Req() request: Request,
  ): Promise<CollectedDto> {
    const receivedAt = new Date();
    const key = request.header('idempotency-key');
    const read = (given: unknown, index: number) => {
      // Failed requests are not remembered, and of those events may have been kept: repeats are known by their ids alone.
      const id = key === undefined ? undefined : contentHash([source, key, index, given]);
      return readServerEvent(given, receivedAt, id);
    };
    const { rejected, warnings } = await this.collector.collect(source, events, { receivedAt, read });
    return { kept: events.length - rejected.length, rejected, warnings };
  }
}
