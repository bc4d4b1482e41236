import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Body, Controller, Headers, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MillraceError, messageOf } from '@millrace/sdk';
import type { Response } from 'express';
import { ApiErrors, AuditLog, CurrentKey, includesRole, RequireRole, type KeyHolder } from '#access';
import { Log } from '#platform';
import { MailExportRequestDto } from './export.dto.ts';
import { exportLines } from './export-lines.ts';
import { MailExports } from './mail-exports.ts';

const mostAtOnce = 4;
const example =
  '{"profile":"p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC","to":"ann@example.com","subject":"Hi Ann","html":"<p>Hi Ann</p>",…}\n{"summary":{"exported":1,"leftOut":{"denied":2}}}\n';

/** Composed mails as a download. */
@ApiTags('templates')
@RequireRole('operator')
@Controller('api/exports')
export class MailExportsController {
  #underWay = 0;

  constructor(
    private readonly exports: MailExports,
    private readonly audit: AuditLog,
    private readonly log: Log,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'The composed mails of an audience, for another system to send',
    description:
      'JSON Lines, as they are composed; gzip where it is accepted. The last line has a `summary`, or the `error` that broke it off: then ask again with `after`. ' +
      'Whoever must not be written to is left out and counted by reason. A preflight of this version and audience has to have passed lately.',
  })
  @ApiOkResponse({ content: { 'application/x-ndjson': { schema: { type: 'string' }, example } } })
  @ApiErrors('bad_request', 'template_not_found', 'preflight_required', 'preflight_exceeded', 'rate_limited')
  async export(
    @Body() { override, ...request }: MailExportRequestDto,
    @Headers('accept-encoding') accepted: string | undefined,
    @CurrentKey() key: KeyHolder,
    @Res() response: Response,
  ): Promise<void> {
    const chosen = await this.exports.choose(request);
    if (override) await this.#override(key, `templates/${chosen.id}/versions/${chosen.version}`, override.reason);
    else await this.exports.passGate(chosen, request.audience);
    if (this.#underWay >= mostAtOnce)
      throw new MillraceError('rate_limited', 'Too many exports are under way here. Wait until one is done.', {
        retryAfter: 10_000,
      });
    this.#underWay += 1;
    try {
      const lines = Readable.from(exportLines(this.exports.pages(chosen, request, new Date())));
      response.status(200).set({ 'Content-Type': 'application/x-ndjson; charset=utf-8', 'Cache-Control': 'no-store' });
      response.vary('Accept-Encoding');
      if (!/\bgzip\b/.test(accepted ?? '')) await pipeline(lines, response);
      else await pipeline(lines, createGzip(), response.set('Content-Encoding', 'gzip'));
    } catch (error) {
      // The head is sent: whoever reads sees that the summary is missing.
      this.log.warn({ error: messageOf(error), template: chosen.id }, 'an export of mails was broken off');
      response.destroy();
    } finally {
      this.#underWay -= 1;
    }
  }

  async #override(key: KeyHolder, path: string, reason: string): Promise<void> {
    if (!includesRole(key.role, 'admin'))
      throw new MillraceError(
        'forbidden',
        'Only the role admin may pass the gate without a preflight: leave out `override`.',
      );
    await this.audit.note(key, 'GATE OVERRIDDEN', `${path} (${reason})`);
  }
}
