import { randomBytes } from 'node:crypto';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import type { Response } from 'express';
import { Public, Settings } from '#platform';
import { ConsoleBuild } from './console-build.ts';
import { consoleHeaders } from './headers.ts';
import { buildingPage, failedPage } from './waiting-page.ts';

/**
 * The console's page at each of its own addresses, which are named here: nothing falls back to it, so no other route and no mistaken
 * address is ever swallowed.
 */
@ApiExcludeController()
@Public()
@Controller()
export class ConsoleController {
  readonly #base: string;

  constructor(
    private readonly build: ConsoleBuild,
    { publicUrl }: Settings,
  ) {
    this.#base = `${new URL(publicUrl).pathname.replace(/\/$/, '')}/`;
  }

  @Get([
    ...['', 'studio', 'studio/:template', 'syncs', 'syncs/:sync', 'syncs/:sync/runs/:run'],
    ...['syncs/:sync/settings', 'new-sync', 'new-sync/:connection', 'new-sync/:connection/:stream'],
    ...['connections', 'connections/:connection', 'connections/:connection/settings'],
    ...['connectors', 'connectors/:connector'],
    ...['alerts', 'alerts/new-rule', 'alerts/rules/:rule', 'alerts/rules/:rule/settings'],
    ...['alerts/new-channel/:type', 'alerts/channels/:channel', 'alerts/channels/:channel/settings'],
    ...['keys', 'keys/:key', 'new-key'],
    ...['people', 'people/:profile', 'audiences', 'audiences/:audience'],
    ...['audiences/:audience/settings', 'new-audience', 'privacy-requests', 'privacy-requests/:request'],
  ])
  page(@Res() response: Response): void {
    const state = this.build.want();
    switch (state.is) {
      case 'building':
        response.status(503).set(consoleHeaders()).set('Retry-After', '2').type('html').send(buildingPage(this.#base));
        return;
      case 'failed':
        response.status(503).set(consoleHeaders()).type('html').send(failedPage(this.#base, state.reason));
        return;
      case 'ready': {
        const nonce = randomBytes(16).toString('base64');
        const page = state.page.replaceAll('%BASE%', this.#base).replaceAll('%NONCE%', nonce);
        response.set(consoleHeaders(nonce)).type('html').send(page);
      }
    }
  }

  /** The names hold a hash of what is inside, so they can be kept for ever. */
  @Get('console/:file')
  asset(@Param('file') file: string, @Res() response: Response): void {
    const state = this.build.want();
    if (state.is !== 'ready' || !state.assets.has(file)) {
      throw new MillraceError('not_found', 'The console has no such file. It may be newer than your page: reload it.');
    }
    response.sendFile(file, { root: state.assetsFolder, immutable: true, maxAge: '1y' });
  }
}
