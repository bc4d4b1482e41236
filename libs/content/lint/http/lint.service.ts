import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Profiles } from '#profiles';
import type { TemplateParts } from '../../compose/index.ts';
import { Templates } from '../../templates/index.ts';
import type { Finding } from '../finding.ts';
import { Linter, type LintRequest, type LintSettings } from '../linter.ts';
import { sampledPeople } from '../sampled-people.ts';

export interface LintQuestion extends Partial<TemplateParts> {
  /** Id or slug of a template; instead of its parts. */
  template?: string;
  purpose?: string;
  identities?: string[];
  lint?: LintSettings;
}

/** Lints saved and unsaved templates. */
@Injectable()
export class LintService {
  constructor(
    private readonly templates: Templates,
    private readonly profiles: Profiles,
    private readonly linter: Linter,
  ) {}

  /** @throws MillraceError `bad_request`, `template_not_found`, `invalid_identity`, `profile_not_found` */
  async lint({ identities, lint, ...question }: LintQuestion): Promise<Finding[]> {
    const [chosen, people] = await Promise.all([this.#chosen(question), sampledPeople(this.profiles, identities)]);
    return this.linter.lint({ ...chosen, people, settings: lint ?? chosen.settings });
  }

  async #chosen({ template, purpose, ...parts }: LintQuestion): Promise<LintRequest> {
    const { subject, source, preheader, text } = parts;
    const isUnsaved = Object.values(parts).some((part) => part !== undefined);
    if (template !== undefined && !isUnsaved) {
      const stored = await this.templates.require(template);
      return { parts: stored.parts, purpose: stored.purpose, settings: stored.lint };
    }
    if (template === undefined && subject !== undefined && source !== undefined) {
      const given = {
        subject,
        ...(preheader !== undefined && { preheader }),
        source,
        ...(text !== undefined && { text }),
      };
      return { parts: given, purpose };
    }
    const message = 'Say what to look at: either `template` (an id or a slug), or `subject` and `source`.';
    throw new MillraceError('bad_request', message);
  }
}
