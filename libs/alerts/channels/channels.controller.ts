import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Patch, Post, Put, Query, Res } from '@nestjs/common';
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
  listOf,
  PlainRemovalQuery,
  textAfter,
  Idempotent,
  PageQuery,
  RehearseQuery,
  type List,
} from '#platform';
import { ChannelTest } from '../delivery/channel-test.ts';
import { Ref } from '../slug.ts';
import { ChangeChannelDto, CreateChannelDto, PutChannelDto } from './channel.dto.ts';
import { ChannelListResponse, ChannelResponse, DeliveryResponse } from './channel.response.ts';
import { Channels } from './channels.ts';

const refParam = { name: 'id', description: 'Id or slug.', example: 'on-call' };

@ApiTags('alerts')
@ApiBearerAuth()
@RequireRole('operator')
@Controller('api/alerts/channels')
export class ChannelsController {
  constructor(
    private readonly channels: Channels,
    private readonly channelTest: ChannelTest,
  ) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Say where messages may go', description: 'Nothing is sent: `POST …/test` does that.' })
  @ApiCreatedResponse({ type: ChannelResponse })
  @ApiErrors('bad_request', 'invalid_config', 'conflict')
  async create(@Body() dto: CreateChannelDto): Promise<ChannelResponse> {
    return ChannelResponse.of(await this.channels.create(dto));
  }

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The channels, each with how sending went the last time' })
  @ApiOkResponse({ type: ChannelListResponse })
  @ApiErrors('bad_request')
  async list(@Query() { after, limit }: PageQuery): Promise<List<ChannelResponse>> {
    const found = await this.channels.list({ after: textAfter(after), limit: limit + 1 });
    return listOf(
      found,
      limit,
      (channel) => ChannelResponse.of(channel),
      ({ _id }) => _id,
    );
  }

  @Get(':id')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One channel' })
  @ApiParam(refParam)
  @ApiOkResponse({ type: ChannelResponse })
  @ApiErrors('bad_request', 'not_found')
  async get(@Ref() ref: string): Promise<ChannelResponse> {
    return ChannelResponse.of(await this.channels.get(ref));
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Make the channel of that slug, or make it be exactly this',
    description:
      'The same again changes nothing. Secrets that are null or absent are kept, `""` clears one. With `rehearse=true` nothing is stored, and the ' +
      'answer is what it would be: a higher `revision` than now says that it would change.',
  })
  @Fenced()
  @ApiParam(refParam)
  @ApiOkResponse({ type: ChannelResponse })
  @ApiCreatedResponse({ type: ChannelResponse })
  @ApiErrors('bad_request', 'invalid_config', 'secrets_required', 'not_found', 'conflict')
  async put(
    @Ref() ref: string,
    @Body() dto: PutChannelDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ChannelResponse> {
    if (rehearse) return ChannelResponse.of(await this.channels.rehearsePut(ref, dto, madeFrom));
    const { channel, created } = await this.channels.put(ref, dto, madeFrom);
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return ChannelResponse.of(channel);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change some of it' })
  @ApiParam(refParam)
  @ApiOkResponse({ type: ChannelResponse })
  @ApiErrors('bad_request', 'invalid_config', 'secrets_required', 'not_found', 'conflict')
  async change(@Ref() ref: string, @Body() changes: ChangeChannelDto): Promise<ChannelResponse> {
    return ChannelResponse.of(await this.channels.change(ref, changes));
  }

  @Post(':id/test')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send a test message',
    description: 'Waits for the other side (at most 30 s). A channel that does not work is an answer, not an error.',
  })
  @ApiParam(refParam)
  @ApiOkResponse({ type: DeliveryResponse })
  @ApiErrors('bad_request', 'not_found')
  async test(@Ref() ref: string): Promise<DeliveryResponse> {
    const { at, ...result } = await this.channelTest.run(ref);
    return { ...result, at: at.toISOString() };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a channel and its secrets', description: 'Refused while a rule sends to it.' })
  @ApiParam(refParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found', 'conflict')
  remove(@Ref() ref: string, @Query() { rehearse }: PlainRemovalQuery): Promise<void> {
    return this.channels.remove(ref, { rehearse });
  }
}
