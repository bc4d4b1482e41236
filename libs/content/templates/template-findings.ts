import { Injectable } from '@nestjs/common';
import { Profiles } from '#profiles';
import type { BlockVersion } from '../blocks/index.ts';
import { Linter, sampledPeople, type Finding } from '../lint/index.ts';
import type { StoredTemplate } from './template.schema.ts';

/** What the lint finds in a template, with the mails of some real people. */
@Injectable()
export class TemplateFindings {
  constructor(
    private readonly linter: Linter,
    private readonly profiles: Profiles,
  ) {}

  async of({ parts, purpose, lint }: StoredTemplate, blocks: BlockVersion[]): Promise<Finding[]> {
    const people = await sampledPeople(this.profiles);
    return this.linter.lint({ parts, blocks, purpose, settings: lint, people });
  }
}
