import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import type { Request, Response } from 'express';
import { Public } from '#access';
import { TrackingTokens, type TrackingToken } from '../tokens/index.ts';
import { VisitBook } from './visit-book.ts';

/** One transparent dot. */
const picture = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const headers = {
  'Content-Type': 'image/gif',
  'Cache-Control': 'no-store, no-cache, must-revalidate, private, max-age=0',
  Pragma: 'no-cache',
  Expires: '0',
  'Cross-Origin-Resource-Policy': 'cross-origin', // mails are read in other sites' pages
  'X-Robots-Tag': 'noindex, nofollow',
};

/** The picture in a mail that tells when it is opened. It is always a picture, whatever it was asked with. */
@ApiExcludeController()
@Public()
@Controller('p.gif')
export class PixelController {
  constructor(
    private readonly tokens: TrackingTokens,
    private readonly book: VisitBook,
  ) {}

  @Get()
  async show(@Query('t') given: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const token = this.read(given);
    if (token && !token.link) await this.book.note(token, request);
    response.set(headers).send(picture);
  }

  private read(given: unknown): TrackingToken | undefined {
    try {
      return this.tokens.read(given);
    } catch (error) {
      if (error instanceof MillraceError) return undefined;
      throw error;
    }
  }
}
