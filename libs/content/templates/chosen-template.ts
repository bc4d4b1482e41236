import type { BlockVersion } from '../blocks/index.ts';
import type { TemplateParts } from '../compose/index.ts';
import type { LintSettings } from '../lint/index.ts';

/** The parts of a template, and what they are: the draft's revision, or a version. */
export interface ChosenTemplate {
  id: string;
  name: string;
  channel: string;
  purpose: string;
  parts: TemplateParts;
  /** Those that the parts use, and theirs: drafts for a draft, published ones for a version. */
  blocks: BlockVersion[];
  version: number | null;
  revision: number | null;
  lint?: LintSettings;
}

/** A saved template by id or slug, perhaps a version of it; or the parts of an unsaved one. */
export interface GivenTemplate extends Partial<TemplateParts> {
  template?: string;
  version?: number;
  /** Of an unsaved one. */
  channel?: string;
  purpose?: string;
}

/** A template that is only tried. */
export type UnsavedTemplate = TemplateParts & Pick<GivenTemplate, 'channel' | 'purpose'>;
