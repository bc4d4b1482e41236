import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { Fenced, MadeFrom, Rehearsable, RehearseQuery } from '#platform';
import { identityRules } from '../identity/index.ts';
import { IdentityPolicyDto, policyOf, policyView, SetIdentityPolicyDto } from './identity-policy.dto.ts';
import { ProfileSettings } from './profile-settings.ts';

@ApiTags('profiles')
@RequireRole('operator')
@Controller('api/identity-policy')
export class IdentityPolicyController {
  constructor(private readonly settings: ProfileSettings) {}

  @Get()
  @ApiOperation({ summary: 'How identities are read, and what they may join' })
  @ApiOkResponse({ type: IdentityPolicyDto })
  @ApiErrors()
  async get(): Promise<IdentityPolicyDto> {
    return policyView(await this.settings.identityPolicy.latest());
  }

  @Put()
  @ApiOperation({
    summary: 'Set how identities are read, and what they may join',
    description:
      'What is left out has its default. It holds for rows from two seconds later on; what is stored stays as it was read, until its source is read again in ' +
      'full (POST /api/syncs/{id}/runs with `full`). With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @Fenced()
  @ApiOkResponse({ type: IdentityPolicyDto })
  @Rehearsable()
  @ApiErrors('bad_request', 'invalid_identity', 'conflict')
  async set(
    @Body() body: SetIdentityPolicyDto,
    @CurrentKey() key: KeyHolder,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
  ): Promise<IdentityPolicyDto | undefined> {
    const expected = madeFrom ?? body.revision;
    const policy = policyOf(body);
    identityRules(policy); // throws for blocked values that could never come
    if (rehearse) {
      await this.settings.identityPolicy.refuseStale(expected);
      return undefined;
    }
    const { after } = await this.settings.identityPolicy.set(policy, key.id, expected);
    this.settings.forget();
    return policyView(after);
  }
}
