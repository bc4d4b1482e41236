import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { Fenced, MadeFrom, Rehearsable, RehearseQuery } from '#platform';
import { isConnectionId } from '../folding/index.ts';
import { BuiltInSources, ProfileSettings, type SourcePriorities } from '../settings/index.ts';
import { Refolds } from './refolds.ts';
import { prioritiesView, SetSourcePrioritiesDto, SourcePrioritiesDto } from './source-priorities.dto.ts';

@ApiTags('profiles')
@RequireRole('operator')
@Controller('api/source-priorities')
export class SourcePrioritiesController {
  constructor(
    private readonly settings: ProfileSettings,
    private readonly refolds: Refolds,
    private readonly builtIn: BuiltInSources,
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
      'background: GET /api/refolds. With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @Fenced()
  @ApiOkResponse({ type: SourcePrioritiesDto })
  @Rehearsable()
  @ApiErrors('bad_request', 'conflict')
  async set(
    @Body() { priorities, revision }: SetSourcePrioritiesDto,
    @CurrentKey() key: KeyHolder,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
  ): Promise<SourcePrioritiesDto | undefined> {
    this.refuseStrangers(priorities);
    const expected = madeFrom ?? revision;
    if (rehearse) {
      await this.settings.sourcePriorities.refuseStale(expected);
      return undefined;
    }
    return prioritiesView(await this.refolds.setPriorities(priorities, key.id, expected));
  }

  /** Ids of connections that were removed are welcome: what they said stays. */
  private refuseStrangers(priorities: SourcePriorities): void {
    const stranger = Object.keys(priorities).find((id) => !isConnectionId(id) && !this.builtIn.has(id));
    if (stranger === undefined) return;
    throw new MillraceError(
      'bad_request',
      `"${stranger}" is not the id of a connection, such as con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC, and none that is part of Millrace, such as collect.`,
    );
  }
}
