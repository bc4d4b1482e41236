import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { ProfileSettings } from '../settings/index.ts';
import { Refolds } from './refolds.ts';
import { prioritiesView, SetSourcePrioritiesDto, SourcePrioritiesDto } from './source-priorities.dto.ts';

@ApiTags('profiles')
@RequireRole('operator')
@Controller('api/source-priorities')
export class SourcePrioritiesController {
  constructor(
    private readonly settings: ProfileSettings,
    private readonly refolds: Refolds,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Whom to believe where connections disagree about a trait' })
  @ApiOkResponse({ type: SourcePrioritiesDto })
  @ApiErrors()
  async get(): Promise<SourcePrioritiesDto> {
    return prioritiesView(await this.settings.sourcePriorities.latest());
  }

  @Put()
  @ApiOperation({
    summary: 'Set whom to believe where connections disagree about a trait',
    description:
      'The greater priority wins, then the newer word. Profiles show it within seconds; what is kept beside them (names to search by) is folded anew in the ' +
      'background: GET /api/refolds.',
  })
  @ApiOkResponse({ type: SourcePrioritiesDto })
  @ApiErrors('bad_request', 'conflict')
  async set(
    @Body() { priorities, revision }: SetSourcePrioritiesDto,
    @CurrentKey() key: KeyHolder,
  ): Promise<SourcePrioritiesDto> {
    return prioritiesView(await this.refolds.setPriorities(priorities, key.id, revision));
  }
}
