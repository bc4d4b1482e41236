import { Controller, Get, HttpCode, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import type { Request, Response } from 'express';
import { Public } from '#access';
import { languageOf } from './language-of.ts';
import { LinkErrors } from './link-errors.ts';
import { LinkRequests } from './link-requests.ts';
import { preferenceHeaders, preferenceNotice, preferencePage } from './preference-page.ts';
import { texts, textsVersion } from './preference-texts.ts';
import { Preferences, type ActedState, type PreferenceState } from './preferences.ts';
import { readAction } from './read-action.ts';

const previewToken = 'preview';

/** What an unsubscribe link opens: looking changes nothing (prefetchers look), a POST acts. */
@ApiExcludeController()
@Public()
@UseFilters(LinkErrors)
@Controller('u')
export class PreferencesController {
  constructor(
    private readonly preferences: Preferences,
    private readonly requests: LinkRequests,
  ) {}

  @Get(':token')
  async look(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (token === previewToken) return notice(request, response);
    answer(request, response, await this.guarded(token, request, () => this.preferences.show(token)));
  }

  @Post(':token')
  @HttpCode(200)
  async act(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (token === previewToken) return notice(request, response);
    const state = await this.guarded(token, request, async () => {
      const action = await readAction(request);
      const userAgent = request.get('user-agent') ?? '';
      const wording = `preference page ${textsVersion} ${languageOf(request)}`;
      return this.preferences.act({ token, userAgent, wording }, action);
    });
    answer(request, response, state);
  }

  private async guarded<State extends PreferenceState>(
    token: string,
    request: Request,
    work: () => Promise<State>,
  ): Promise<State> {
    await this.requests.count('link used', token);
    try {
      return await work();
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'unauthenticated')
        await this.requests.count('link guessed', request.ip ?? '');
      throw error;
    }
  }
}

function answer(request: Request, response: Response, state: PreferenceState | ActedState): void {
  const language = languageOf(request);
  response.set(preferenceHeaders(language)).type('html').send(preferencePage(state, language));
}

function notice(request: Request, response: Response): void {
  const language = languageOf(request);
  response.set(preferenceHeaders(language)).type('html').send(preferenceNotice(language, texts[language].preview));
}
