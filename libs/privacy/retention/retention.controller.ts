import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Put,
  Query,
  Res,
  type PipeTransform,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import type { Response } from 'express';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { Fenced, MadeFrom, PageQuery, PlainRemovalQuery, Rehearsable, RehearseQuery, type List } from '#platform';
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
  @RequireRole('operator')
  @ApiOperation({ summary: 'How long each kind of data is kept', description: 'Without a policy nothing is removed.' })
  @ApiOkResponse({ type: PolicyListDto })
  @ApiErrors()
  list(): Promise<List<PolicyView>> {
    return this.policies.all();
  }

  @Get(':kind')
  @RequireRole('operator')
  @ApiOperation({ summary: 'How long a kind of data is kept' })
  @ApiParam(kindParam)
  @ApiOkResponse({ type: PolicyDto })
  @ApiErrors('not_found')
  get(@Kind() kind: RetentionKindName): Promise<PolicyView> {
    return this.policies.get(kind);
  }

  @Put(':kind')
  @ApiOperation({
    summary: 'Say how long a kind of data is kept',
    description:
      'Removal starts within a minute. The same again changes nothing. ' +
      'With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @ApiParam(kindParam)
  @Fenced()
  @ApiOkResponse({ type: PolicyDto })
  @ApiCreatedResponse({ type: PolicyDto })
  @Rehearsable()
  @ApiErrors('bad_request', 'not_found', 'conflict')
  async put(
    @Kind() kind: RetentionKindName,
    @Body() body: PutPolicyDto,
    @CurrentKey() by: KeyHolder,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PolicyView | void> {
    if (rehearse) return this.policies.rehearsePut(kind, { madeFrom });
    const { policy, created } = await this.policies.put(kind, body, by, { madeFrom });
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return policy;
  }

  @Delete(':kind')
  @HttpCode(204)
  @ApiOperation({ summary: 'Keep a kind of data for ever again' })
  @ApiParam(kindParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found')
  remove(@Kind() kind: RetentionKindName, @Query() how: PlainRemovalQuery): Promise<void> {
    return this.policies.remove(kind, how);
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
