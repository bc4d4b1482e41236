import { Body, Controller, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, ReadsOnly, RequireRole } from '#access';
import { rules } from '../rules/index.ts';
import { LintDto, LintRequestDto, LintRuleDto } from './lint.dto.ts';
import { LintService } from './lint.service.ts';

@ApiTags('templates')
@RequireRole('marketer')
@Controller('api/lint')
export class LintController {
  constructor(private readonly lint: LintService) {}

  @Post()
  @ReadsOnly()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Find what is wrong with a template',
    description:
      'A saved template or an unsaved one; faults of its syntax are findings like any other. A finding with a `fix` is mended by its edits.',
  })
  @ApiOkResponse({ type: LintDto })
  @ApiErrors('bad_request', 'invalid_identity', 'profile_not_found', 'template_not_found')
  async check(@Body() body: LintRequestDto): Promise<LintDto> {
    return { findings: await this.lint.lint(body) };
  }

  @Get('rules')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'What is looked for' })
  @ApiOkResponse({ type: [LintRuleDto] })
  @ApiErrors()
  list(): LintRuleDto[] {
    return rules.map(({ id, severity, about }) => ({ id, severity, about }));
  }
}
