import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, type PipeTransform } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { PageQuery, type List } from '#platform';
import type { OldCount } from './old-documents.ts';
import { retentionKindNames, type RetentionKindName } from './retention-kinds.ts';
import { RetentionPolicies } from './retention-policies.ts';
import type { PolicyView, SweepView } from './retention-views.ts';
import {
  PolicyDto,
  PolicyListDto,
  PutPolicyDto,
  RetentionCountDto,
  RetentionCountRequestDto,
  SweepListDto,
} from './retention.dto.ts';

class ReadKind implements PipeTransform<string, RetentionKindName> {
  transform(given: string): RetentionKindName {
    const kind = retentionKindNames.find((name) => name === given);
    if (kind) return kind;
    throw new MillraceError('not_found', `There is no such kind of data. There are: ${retentionKindNames.join(', ')}.`);
  }
}

const Kind = () => Param('kind', new ReadKind());
const kindParam = { name: 'kind', enum: retentionKindNames, example: 'event' };

@ApiTags('privacy')
@RequireRole('admin')
@Controller('api/privacy/retention')
export class RetentionController {
  constructor(private readonly policies: RetentionPolicies) {}

  @Get()
  @ApiOperation({ summary: 'How long each kind of data is kept', description: 'Without a policy nothing is removed.' })
  @ApiOkResponse({ type: PolicyListDto })
  @ApiErrors()
  list(): Promise<List<PolicyView>> {
    return this.policies.all();
  }

  @Put(':kind')
  @ApiOperation({ summary: 'Say how long a kind of data is kept', description: 'Removal starts within a minute.' })
  @ApiParam(kindParam)
  @ApiOkResponse({ type: PolicyDto })
  @ApiErrors('bad_request', 'not_found')
  put(@Kind() kind: RetentionKindName, @Body() body: PutPolicyDto, @CurrentKey() by: KeyHolder): Promise<PolicyView> {
    return this.policies.put(kind, body, by);
  }

  @Delete(':kind')
  @HttpCode(204)
  @ApiOperation({ summary: 'Keep a kind of data for ever again' })
  @ApiParam(kindParam)
  @ApiNoContentResponse()
  @ApiErrors('not_found')
  remove(@Kind() kind: RetentionKindName): Promise<void> {
    return this.policies.remove(kind);
  }

  @Post(':kind/count')
  @HttpCode(200)
  @ApiOperation({ summary: 'What a policy would remove', description: 'Removes nothing.' })
  @ApiParam(kindParam)
  @ApiOkResponse({ type: RetentionCountDto })
  @ApiErrors('bad_request', 'not_found')
  count(@Kind() kind: RetentionKindName, @Body() { days }: RetentionCountRequestDto): Promise<OldCount> {
    return this.policies.count(kind, days);
  }

  @Get(':kind/sweeps')
  @ApiOperation({ summary: 'What was removed, newest first' })
  @ApiParam(kindParam)
  @ApiOkResponse({ type: SweepListDto })
  @ApiErrors('bad_request', 'not_found')
  sweeps(@Kind() kind: RetentionKindName, @Query() page: PageQuery): Promise<List<SweepView>> {
    return this.policies.sweeps(kind, page);
  }
}
