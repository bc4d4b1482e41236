import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { Idempotent, type List } from '#platform';
import { AllowedRecipients } from './allowed-recipients.ts';
import {
  TestRecipientsDto,
  TestSendDto,
  TestSendListDto,
  TestSendRequestDto,
  TestSendsQuery,
} from './test-send.dto.ts';
import { TestSends } from './test-sends.ts';
import type { TestSendView } from './test-send-view.ts';

@ApiTags('templates')
@RequireRole('marketer')
@Controller('api/test-sends')
export class TestSendsController {
  constructor(
    private readonly sends: TestSends,
    private readonly allowed: AllowedRecipients,
  ) {}

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Send a mail to somebody of the team, as one person would get it',
    description:
      'A saved template or an unsaved one, as with `POST /api/preview`, and the very mail that it shows: with the same subject and hash. Only to addresses that ' +
      'the setting MILLRACE_TEST_RECIPIENTS allows, and not with the data of people who must not be written to. ' +
      'The mail carries `List-Unsubscribe` for the recipient (RFC 8058) and is marked by `X-Millrace-Test`.',
  })
  @ApiCreatedResponse({ type: TestSendDto })
  @ApiErrors(
    'bad_request',
    'recipient_not_allowed',
    'would_not_be_sent',
    'rate_limited',
    'invalid_config',
    'invalid_identity',
    'profile_not_found',
    'history_expired',
    'template_not_found',
    'template_invalid',
    'template_too_large',
    'template_failed',
    'template_timeout',
    'unreachable',
    'timeout',
    'authentication_failed',
    'remote_rejected',
    'remote_error',
    'conflict',
  )
  send(@Body() body: TestSendRequestDto, @CurrentKey() key: KeyHolder): Promise<TestSendView> {
    return this.sends.send(body, key);
  }

  @Get()
  @ApiOperation({ summary: 'Test mails that were sent, newest first', description: 'Kept for 90 days.' })
  @ApiOkResponse({ type: TestSendListDto })
  @ApiErrors('bad_request', 'template_not_found')
  list(@Query() { template, ...page }: TestSendsQuery): Promise<List<TestSendView>> {
    return this.sends.list(template, page);
  }

  @Get('recipients')
  @ApiOperation({ summary: 'Whom test mails may go to' })
  @ApiOkResponse({ type: TestRecipientsDto })
  @ApiErrors()
  recipients(): TestRecipientsDto {
    const { addresses, domains } = this.allowed;
    return { addresses, domains };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One test mail' })
  @ApiOkResponse({ type: TestSendDto })
  @ApiErrors('not_found')
  get(@Param('id') id: string): Promise<TestSendView> {
    return this.sends.get(id);
  }
}
