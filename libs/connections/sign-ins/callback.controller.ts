import { Controller, Get, Query, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '#access';
import { noticePage, pageHeaders } from '#platform';
import { SignInErrors } from './sign-in-errors.ts';
import { SignIns } from './sign-ins.ts';

/** Where a vendor's page leads back to. Who comes has no key: that he knows the state shows that he was given the link. */
@ApiExcludeController()
@Public()
@UseFilters(SignInErrors)
@Controller('oauth/callback')
export class CallbackController {
  constructor(private readonly signIns: SignIns) {}

  @Get()
  async back(@Query() query: Record<string, unknown>, @Res() response: Response): Promise<void> {
    const state = typeof query.state === 'string' ? query.state : '';
    const { name, ok, message } = await this.signIns.finish(state, query);
    const page = ok
      ? noticePage('Signed in', `"${name}" works. You can close this window.`)
      : noticePage('Signed in, but it does not work yet', `"${name}" may act for you now. ${message ?? ''}`);
    response.set(pageHeaders()).type('html').send(page);
  }
}
