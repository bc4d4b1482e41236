import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiErrors, KeysService, Public } from '#access';
import { MillraceError } from '@millrace/sdk';
import { Metrics, sameSecret, Settings } from '#platform';

@ApiTags('watching')
@ApiBearerAuth()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly settings: Settings,
    private readonly keys: KeysService,
  ) {}

  @Get()
  @Public() // it has a token of its own beside the keys
  @ApiOperation({ summary: 'The metrics of this process for Prometheus; takes MILLRACE_METRICS_TOKEN or any key' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiErrors()
  async show(@Headers('authorization') authorization: string | undefined, @Res() response: Response): Promise<void> {
    await this.admit(authorization);
    response.set('content-type', this.metrics.contentType).send(await this.metrics.text());
  }

  private async admit(authorization = ''): Promise<void> {
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
    const { metricsToken } = this.settings;
    if (metricsToken !== undefined && sameSecret(token, metricsToken)) return;
    if (token !== '' && (await this.keys.verify(token))) return;
    throw new MillraceError(
      'unauthenticated',
      'The metrics are for those who have MILLRACE_METRICS_TOKEN or a key. Send it as `Authorization: Bearer …`.',
    );
  }
}
