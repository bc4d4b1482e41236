import { Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { Ref } from '../http/ref.ts';
import { SignInLinkDto } from './sign-in.dto.ts';
import { SignIns, type SignInLink } from './sign-ins.ts';

@ApiTags('connections')
@RequireRole('operator')
@Controller('api/connections/:id/sign-in')
export class SignInsController {
  constructor(private readonly signIns: SignIns) {}

  @Post()
  @ApiOperation({
    summary: 'A link to sign in at the vendor',
    description:
      'For connectors that act for somebody (OAuth 2.0, authorization code with PKCE). Whoever opens the link within ten minutes and agrees on the vendor’s page ' +
      'gives the connection its tokens; it is checked then. A sign-in takes the place of an earlier one, and of a refresh token in the configuration. ' +
      'Where it is another account than before, PATCH the connection with `moved: true`.',
  })
  @ApiParam({ name: 'id', description: 'Id or slug.', example: 'shop-crm' })
  @ApiCreatedResponse({ type: SignInLinkDto })
  @ApiErrors('not_found', 'conflict', 'connector_not_found', 'connector_disabled', 'invalid_config')
  begin(@Ref() ref: string, @CurrentKey() key: KeyHolder): Promise<SignInLink> {
    return this.signIns.begin(ref, key);
  }
}
