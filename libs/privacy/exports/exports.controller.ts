import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { MillraceError } from '@millrace/sdk';
import type { Response } from 'express';
import { ApiErrors, AuditLog, CurrentKey, RequireRole, type KeyHolder } from '#access';
import { Requests } from '../requests/requests.ts';
import { ExportStore } from './export-store.ts';
import { exportStyle, htmlOf, jsonOf } from './export-texts.ts';

const idParam = { name: 'id', example: 'prq_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' };
const styleHash = createHash('sha256').update(exportStyle).digest('base64');
const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `sandbox; default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`,
  'Referrer-Policy': 'no-referrer',
};

/** Every download is noted in the audit log: it is a person's whole data. */
@ApiTags('privacy')
@RequireRole('admin')
@Controller('api/privacy/requests/:id')
export class ExportsController {
  constructor(
    private readonly requests: Requests,
    private readonly exports: ExportStore,
    private readonly audit: AuditLog,
  ) {}

  @Get('export.json')
  @ApiOperation({ summary: 'Everything about the person, for machines', description: 'For 14 days.' })
  @ApiParam(idParam)
  @ApiOkResponse({ description: 'An object with a list by section.', schema: { type: 'object' } })
  @ApiErrors('not_found', 'conflict', 'link_expired')
  async json(@Param('id') id: string, @CurrentKey() by: KeyHolder, @Res() response: Response): Promise<void> {
    await this.noted(id, by, 'export.json');
    response.set({ ...headers, 'Content-Disposition': `attachment; filename="${id}.json"` }).type('json');
    await pipeline(Readable.from(jsonOf(this.exports.of(id))), response);
  }

  @Get('export.html')
  @ApiOperation({ summary: 'The same for people to read' })
  @ApiParam(idParam)
  @ApiOkResponse({ description: 'A page without script.', content: { 'text/html': { schema: { type: 'string' } } } })
  @ApiErrors('not_found', 'conflict', 'link_expired')
  async html(@Param('id') id: string, @CurrentKey() by: KeyHolder, @Res() response: Response): Promise<void> {
    await this.noted(id, by, 'export.html');
    response.set({ ...headers, 'Content-Disposition': `attachment; filename="${id}.html"` }).type('html');
    await pipeline(Readable.from(htmlOf(this.exports.of(id))), response);
  }

  private async noted(id: string, by: KeyHolder, file: string): Promise<void> {
    const { counts } = await this.requests.finishedExport(id);
    const held = Object.values(counts).some((count) => count > 0);
    if (held && (await this.exports.isEmpty(id)))
      throw new MillraceError('link_expired', 'The export is gone: the person was erased since.');
    await this.audit.note(by, 'DOWNLOADED', `/api/privacy/requests/${id}/${file}`);
  }
}
