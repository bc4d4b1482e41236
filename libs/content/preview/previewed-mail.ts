import type { Composed } from '../compose/index.ts';

/** What the preview saw: a later difference names its cause by these. */
export interface PreviewVersions {
  template: { id: string; version: number | null; revision: number | null } | null;
  profile: { id: string; version: number } | null;
  /** ISO text. */
  clock: string;
}

/** What a preview's page shows. */
export interface PreviewedMail extends Composed {
  /** Whom the mail is for, as people know them. */
  person: string;
  /** The template's name. */
  name: string;
  versions: PreviewVersions;
  /** Sensitive traits are shown as a mask. */
  masked: boolean;
}
