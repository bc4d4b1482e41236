import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, type PipeTransform } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import { ApiErrors, RequireRole } from '#access';
import { Fenced, MadeFrom, RehearseQuery, RemovalQuery, type List } from '#platform';
import { everyPurpose, wordPattern } from '../consents/index.ts';
import { PurposeDto, PurposeListDto, PutPurposeDto } from './purpose.dto.ts';
import { PurposeChanges } from './purpose-changes.ts';
import { Purposes, type Purpose } from './purposes.ts';

class ReadName implements PipeTransform<string, string> {
  transform(name: string): string {
    if (wordPattern.test(name) && name !== everyPurpose) return name;
    throw new MillraceError(
      'bad_request',
      'A purpose is a word of lower case letters, digits, "_", "." and "-"; "all" means every purpose and cannot be one.',
    );
  }
}

const nameParam = { name: 'name', example: 'newsletter' };

@ApiTags('privacy')
@Controller('api/purposes')
export class PurposesController {
  constructor(
    private readonly purposes: Purposes,
    private readonly changes: PurposeChanges,
  ) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'What people are written to for, and what each purpose needs' })
  @ApiOkResponse({ type: PurposeListDto })
  @ApiErrors()
  async list(): Promise<List<Purpose>> {
    return { data: await this.purposes.all(), next: null };
  }

  @Get(':name')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'One purpose', description: 'Those that nobody declared are not there, and need consent.' })
  @ApiParam(nameParam)
  @ApiOkResponse({ type: PurposeDto })
  @ApiErrors('bad_request', 'not_found')
  get(@Param('name', new ReadName()) name: string): Promise<Purpose> {
    return this.purposes.get(name);
  }

  @Put(':name')
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Declare a purpose, or change it',
    description:
      'Purposes nobody declared need consent. The same again changes nothing. ' +
      'With `rehearse=true` nothing is stored, and the answer is what it would be.',
  })
  @ApiParam(nameParam)
  @Fenced()
  @ApiOkResponse({ type: PurposeDto })
  @ApiErrors('bad_request', 'not_found', 'conflict')
  put(
    @Param('name', new ReadName()) name: string,
    @Body() body: PutPurposeDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
  ): Promise<Purpose> {
    return rehearse ? this.changes.rehearsePut(name, body, { madeFrom }) : this.changes.put(name, body, { madeFrom });
  }

  @Delete(':name')
  @HttpCode(204)
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Forget a purpose: from then on it needs consent (built-in ones are as at first again)',
    description: 'Refused with `in_use` while templates declare it or triggers require it, unless `force=true`.',
  })
  @ApiParam(nameParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found', 'in_use')
  remove(@Param('name', new ReadName()) name: string, @Query() how: RemovalQuery): Promise<void> {
    return this.changes.remove(name, how);
  }
}
