import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { Idempotent, type List } from '#platform';
import { RequestDryRun, RequestReachDto, type RequestReach } from './dry-run/index.ts';
import {
  NewRequestDto,
  RequestDto,
  RequestListDto,
  RequestListQuery,
  RequestLookupDto,
  RequestPersonDto,
} from './request.dto.ts';
import type { RequestView } from './request-view.ts';
import { Requests } from './requests.ts';

const idParam = { name: 'id', example: 'prq_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' };

@ApiTags('privacy')
@RequireRole('admin')
@Controller('api/privacy/requests')
export class RequestsController {
  constructor(
    private readonly requests: Requests,
    private readonly dryRun: RequestDryRun,
  ) {}

  @Post()
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({
    summary: 'Export, erase or restrict everything about a person',
    description:
      'Carried out in the background, step by step. An erased person cannot be imported again until that is lifted.',
  })
  @ApiAcceptedResponse({ type: RequestDto })
  @ApiErrors('bad_request', 'invalid_identity', 'profile_not_found')
  make(@Body() body: NewRequestDto, @CurrentKey() by: KeyHolder): Promise<RequestView> {
    return this.requests.make(body, by);
  }

  @Get()
  @ApiOperation({ summary: 'What people asked for, newest first' })
  @ApiOkResponse({ type: RequestListDto })
  @ApiErrors('bad_request', 'profile_not_found')
  list(@Query() query: RequestListQuery): Promise<List<RequestView>> {
    return this.requests.list(query);
  }

  @Post('lookup')
  @HttpCode(200)
  @ApiOperation({
    summary: 'What was asked for an identity',
    description: 'By any identity that the person had then. A POST: addresses stay out of URLs.',
  })
  @ApiOkResponse({ type: RequestListDto })
  @ApiErrors('bad_request', 'invalid_identity')
  about(@Body() { identity }: RequestLookupDto): Promise<List<RequestView>> {
    return this.requests.about(identity);
  }

  @Post('dry-run')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Whom a request would concern, and how much; nothing is asked for',
    description: 'As it is now: an export, a restriction or an erasure finds it out anew when it is carried out.',
  })
  @ApiOkResponse({ type: RequestReachDto })
  @ApiErrors('bad_request', 'invalid_identity', 'profile_not_found')
  reach(@Body() body: RequestPersonDto): Promise<RequestReach> {
    return this.dryRun.reach(body);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One request: how far it is, and the proof that it was done' })
  @ApiParam(idParam)
  @ApiOkResponse({ type: RequestDto })
  @ApiErrors('not_found')
  get(@Param('id') id: string): Promise<RequestView> {
    return this.requests.get(id);
  }

  @Post(':id/lift')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let a restricted person be used again, or an erased one be imported again',
    description: 'What an erased person had opted out of stays.',
  })
  @ApiParam(idParam)
  @ApiOkResponse({ type: RequestDto })
  @ApiErrors('not_found', 'conflict')
  lift(@Param('id') id: string): Promise<RequestView> {
    return this.requests.lift(id);
  }
}
