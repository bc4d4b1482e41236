import { Controller, Get, Inject, Optional, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import { ApiErrors, RequireRole } from '#access';
import { CONNECTION_NAMES, type ConnectionNames } from '../preview/index.ts';
import { ImpactDto, ImpactQuery } from './impact.dto.ts';
import { Impact } from './impact.ts';

const mostSupplies = 500;

@ApiTags('templates')
@RequireRole('viewer')
@Controller('api/impact')
export class ImpactController {
  constructor(
    private readonly impact: Impact,
    @Optional() @Inject(CONNECTION_NAMES) private readonly connectionNames?: ConnectionNames,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Which templates use something, and what feeds it',
    description:
      'Ask by what templates use (`trait`, `use`), or by where it comes from (`connection`, with `stream` and `field`): then the templates are ' +
      'those that would break if that were removed, or if the field changed.',
  })
  @ApiOkResponse({ type: ImpactDto })
  @ApiErrors('bad_request')
  async ask(@Query() { trait, after, limit, ...query }: ImpactQuery): Promise<ImpactDto> {
    const question = { ...query, ...(trait !== undefined && { use: `trait:${trait}` }) };
    const { use, connection } = question;
    if (use === undefined && connection === undefined) {
      throw new MillraceError(
        'bad_request',
        'Ask by `trait`, `use` or `connection` (with `stream` and `field` if you like).',
      );
    }
    const supplies = await this.impact.suppliesOf(question);
    const uses = use === undefined ? [...new Set(supplies.map((supply) => supply.use))] : [use];
    const elsewhere = await this.impact.suppliedElsewhere(supplies);
    const shown = supplies.slice(0, mostSupplies);
    const names = await this.connectionNames?.([...new Set(shown.map((supply) => supply.connection))]);
    return {
      supplies: shown.map((supply) => ({ ...supply, connectionName: names?.get(supply.connection) })),
      moreSupplies: supplies.length > mostSupplies,
      ...(await this.impact.templatesUsing(uses, { after, limit }, elsewhere)),
    };
  }
}
