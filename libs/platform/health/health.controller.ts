import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../http/public.ts';
import { HealthService, type Readiness } from './health.service.ts';

/** For load balancers and orchestrators: is the process alive, and can it do its work? */
@ApiTags('Health')
@Public()
@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('healthz')
  @ApiOperation({ summary: 'Whether the process is alive' })
  @ApiOkResponse({ description: 'The process is alive.', schema: { example: { status: 'ok' } } })
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @ApiOperation({ summary: 'Whether it can do its work: MongoDB and Redis answer, and take writes' })
  @ApiOkResponse({ schema: { example: { ready: true, mongodb: { ok: true }, redis: { ok: true } } } })
  @ApiServiceUnavailableResponse({
    description: 'A service that is needed does not do its work; the body says which, and what is wrong.',
  })
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const readiness = await this.health.readiness();
    if (!readiness.ready) response.status(503);
    return readiness;
  }
}
