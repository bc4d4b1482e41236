import { Injectable } from '@nestjs/common';
import { Profiles } from '#profiles';
import { Templates, type GivenTemplate } from '../../templates/index.ts';
import type { Finding } from '../finding.ts';
import { Linter, type LintSettings } from '../linter.ts';
import { sampledPeople } from '../sampled-people.ts';

export interface LintQuestion extends GivenTemplate {
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
    const [chosen, people] = await Promise.all([
      this.templates.given(question),
      sampledPeople(this.profiles, identities),
    ]);
    return this.linter.lint({ ...chosen, people, settings: lint ?? chosen.lint });
  }
}
