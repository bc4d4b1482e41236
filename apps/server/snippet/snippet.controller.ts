import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiErrors, Public, RequireRole } from '#access';
import { Settings, trackingAddress } from '#platform';
import { loaderFor, tagFor } from './loader.ts';
import { SnippetBuild, type SnippetFile } from './snippet-build.ts';
import { SnippetDto } from './snippet.dto.ts';

/** The script for web pages: for all pages of the world, so it tells nothing and asks for nothing. */
@ApiTags('events')
@Controller()
export class SnippetController {
  constructor(
    private readonly build: SnippetBuild,
    private readonly settings: Settings,
  ) {}

  @Get('millrace.js')
  @Public()
  @ApiExcludeEndpoint()
  async current(@Req() request: Request, @Res() response: Response): Promise<void> {
    send(request, response, await this.build.current(), 'public, max-age=3600, stale-while-revalidate=86400');
  }

  /** The name holds a hash of what is inside, so it can be kept for ever. */
  @Get('millrace.:version.js')
  @Public()
  @ApiExcludeEndpoint()
  async version(@Param('version') version: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    send(request, response, await this.build.version(version), 'public, max-age=31536000, immutable');
  }

  @Get('api/snippet')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'What to put into web pages, so that they tell what visitors do' })
  @ApiOkResponse({ type: SnippetDto })
  @ApiErrors('service_unavailable')
  async describe(): Promise<SnippetDto> {
    const { version, integrity } = await this.build.current();
    const address = trackingAddress(this.settings);
    const [url, versionedUrl] = [`${address}/millrace.js`, `${address}/millrace.${version}.js`];
    return {
      ...{ url, versionedUrl, integrity },
      loader: loaderFor(url),
      pinnedLoader: loaderFor(versionedUrl, integrity),
      tag: tagFor(url),
    };
  }
}

function send(
  request: Request,
  response: Response,
  { script, gzipped, version }: SnippetFile,
  cacheControl: string,
): void {
  response.set({
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': cacheControl,
    ETag: `"${version}"`,
    'Access-Control-Allow-Origin': '*', // `integrity` and `crossorigin` ask for it
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Timing-Allow-Origin': '*',
    Vary: 'Accept-Encoding',
  });
  if (request.fresh) response.status(304).end();
  else if (request.acceptsEncodings('gzip')) response.set('Content-Encoding', 'gzip').send(gzipped);
  else response.send(script);
}
