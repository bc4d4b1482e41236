import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { parseIdentity } from '#profiles';
import { UnsubscribeLinkDto, UnsubscribeLinkRequestDto } from './unsubscribe-link.dto.ts';
import { UnsubscribeLinks, type UnsubscribeLink } from './unsubscribe-links.ts';

@ApiTags('privacy')
@Controller('api/privacy/unsubscribe-links')
export class UnsubscribeLinkController {
  constructor(private readonly links: UnsubscribeLinks) {}

  @Post()
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({
    summary: 'Make the link and the headers by which somebody unsubscribes',
    description: 'Nothing is stored. Whoever has the link can choose for this address.',
  })
  @ApiOkResponse({ type: UnsubscribeLinkDto })
  @ApiErrors('bad_request', 'invalid_identity')
  make(@Body() { identity, channel, purpose, days }: UnsubscribeLinkRequestDto): UnsubscribeLink {
    return this.links.make({ identity: parseIdentity(identity), channel, purpose }, days);
  }
}
