import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, ReadsOnly, RequireRole } from '#access';
import { ContentRehearsal } from './content-rehearsal.ts';
import { ContentRehearsalDto, RehearseContentDto } from './content-rehearsal.dto.ts';

@ApiTags('templates')
@RequireRole('marketer')
@Controller('api/content-rehearsals')
export class ContentRehearsalController {
  constructor(private readonly rehearsal: ContentRehearsal) {}

  @Post()
  @ReadsOnly()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Ask what would be refused of blocks and templates that belong together',
    description:
      'As if they were put (and published) one after another, blocks first, each with those before it. Nothing is stored.',
  })
  @ApiOkResponse({ type: ContentRehearsalDto })
  @ApiErrors('bad_request')
  async rehearse(@Body() { blocks = [], templates = [] }: RehearseContentDto): Promise<ContentRehearsalDto> {
    return { refusals: await this.rehearsal.refusals(blocks, templates) };
  }
}
