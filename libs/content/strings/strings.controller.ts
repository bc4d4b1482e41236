import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Put, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, RequireRole } from '#access';
import {
  Fenced,
  MadeFrom,
  ForceQuery,
  PageQuery,
  Rehearsable,
  RehearseQuery,
  RemovalQuery,
  type List,
} from '#platform';
import { PutStringsDto, StringsDto, StringsListDto } from './strings.dto.ts';
import { Strings, type StringsSummary, type StringsView } from './strings.ts';

const localeParam = { name: 'locale', description: 'A BCP 47 locale.', example: 'pt-BR' };

@ApiTags('strings')
@RequireRole('marketer')
@Controller('api/strings')
export class StringsController {
  constructor(private readonly strings: Strings) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'List the locales that have strings' })
  @ApiOkResponse({ type: StringsListDto })
  @ApiErrors('bad_request')
  list(@Query() page: PageQuery): Promise<List<StringsSummary>> {
    return this.strings.list(page);
  }

  @Get(':locale')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The strings of one locale' })
  @ApiParam(localeParam)
  @ApiOkResponse({ type: StringsDto })
  @ApiErrors('bad_request', 'not_found')
  get(@Param('locale') locale: string): Promise<StringsView> {
    return this.strings.get(locale);
  }

  @Put(':locale')
  @ApiOperation({
    summary: 'Make the strings of a locale what is given',
    description:
      'Templates show them with {{t "key" name=value}}. The same again changes nothing. ' +
      'With `rehearse=true` nothing is stored: 204 says that it would be taken.',
  })
  @ApiParam(localeParam)
  @Fenced()
  @ApiOkResponse({ type: StringsDto })
  @ApiCreatedResponse({ type: StringsDto })
  @Rehearsable()
  @ApiErrors('bad_request', 'not_found', 'conflict')
  async put(
    @Param('locale') locale: string,
    @Body() { texts }: PutStringsDto,
    @Query() { rehearse }: RehearseQuery,
    @MadeFrom() madeFrom: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StringsView | void> {
    if (rehearse) return this.strings.rehearsePut(locale, texts);
    const { view, created } = await this.strings.put(locale, texts, madeFrom);
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Delete(':locale')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    summary: 'Remove the strings of a locale',
    description:
      'Its mails are written with those of what stands in for it. Refused with `in_use` while templates or blocks show one of them (drafts or newest versions), unless `force=true`.',
  })
  @ApiParam(localeParam)
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found', 'in_use')
  remove(@Param('locale') locale: string, @Query() how: RemovalQuery): Promise<void> {
    return this.strings.remove(locale, how);
  }

  @Delete(':locale/:key')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    summary: 'Remove one string of a locale',
    description:
      'Refused with `in_use` while templates or blocks show it (drafts or newest versions), unless `force=true`.',
  })
  @ApiParam(localeParam)
  @ApiParam({ name: 'key', example: 'cart.items' })
  @ApiNoContentResponse()
  @ApiErrors('bad_request', 'not_found', 'in_use', 'conflict')
  removeKey(@Param('locale') locale: string, @Param('key') key: string, @Query() { force }: ForceQuery): Promise<void> {
    return this.strings.removeKey(locale, key, { force });
  }
}
