import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { Idempotent, PageQuery, type List } from '#platform';
import { Choices, type ChoiceView, type PersonConsents } from '#profiles';
import { ChoiceListDto, PersonConsentsDto, RecordChoiceDto } from './choice.dto.ts';

const idParam = { name: 'id', description: 'Of the profile.', example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' };

@ApiTags('privacy')
@Controller('api/profiles/:id/consents')
export class ChoicesController {
  constructor(private readonly choices: Choices) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({
    summary: 'What a person agreed to or refused, and what follows from it',
    description:
      'Of each identity the newest explicit choice counts; of the person, the strictest over all identities.',
  })
  @ApiParam(idParam)
  @ApiOkResponse({ type: PersonConsentsDto })
  @ApiErrors('profile_not_found')
  get(@Param('id') id: string): Promise<PersonConsents> {
    return this.choices.ofPerson(id);
  }

  @Get('history')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'Every choice that was told, newest first', description: 'Those that do not count, too.' })
  @ApiParam(idParam)
  @ApiOkResponse({ type: ChoiceListDto })
  @ApiErrors('bad_request', 'profile_not_found')
  history(@Param('id') id: string, @Query() page: PageQuery): Promise<List<ChoiceView>> {
    return this.choices.historyOf(id, page);
  }

  @Post()
  @RequireRole('operator')
  @Idempotent()
  @ApiOperation({ summary: 'Record a choice that a person made', description: 'With evidence; the key is noted.' })
  @ApiParam(idParam)
  @ApiCreatedResponse({ type: PersonConsentsDto })
  @ApiErrors('bad_request', 'invalid_identity', 'invalid_row', 'profile_not_found', 'person_erased', 'conflict')
  record(
    @Param('id') id: string,
    @Body() choice: RecordChoiceDto,
    @CurrentKey() by: KeyHolder,
  ): Promise<PersonConsents> {
    return this.choices.record(id, choice, by.id);
  }
}
