import { Injectable } from '@nestjs/common';
import type { Row, TemplateRenderer } from '@millrace/sdk';
import { Sandbox, type RenderWork } from '../sandbox/index.ts';

/** Renders the templates of mappings where all untrusted templates run, a batch in one call. */
@Injectable()
export class MappingTemplates {
  constructor(private readonly sandbox: Sandbox) {}

  /**
   * Texts in the order of the requests and their rows; values are not escaped, since a mapping makes no HTML.
   * @throws MillraceError `template_failed`, `template_timeout`, `template_too_large`, `template_invalid`
   */
  readonly render: TemplateRenderer = async (requests) => {
    const frame = { locale: 'en', timeZone: 'UTC', now: new Date().toISOString() };
    const work = requests.map(({ template, rows }): RenderWork => {
      return { parts: [{ name: 'template', source: template, html: false }], rows, frame };
    });
    const count = requests.reduce((sum, { rows }: { rows: Row[] }) => sum + rows.length, 0);
    const rendered = await this.sandbox.render(work, { deadlineMs: Math.min(10_000, 1000 + 5 * count) });
    return rendered.map((rows) => rows.map(({ outputs }) => outputs[0] ?? ''));
  };
}
