/**
 * What the console reads of the API's answers, and no more. Each interface names the schema of the OpenAPI description that it is a
 * part of: a test holds the two together, so nothing of the server's code has to be imported.
 */

export type Role = 'viewer' | 'marketer' | 'operator' | 'admin';
export type MailPart = 'subject' | 'preheader' | 'source' | 'text';

/** @schema KeyHolderDto */
export interface KeyHolder {
  id: string;
  name: string;
  role: Role;
}

/** @schema TemplateDto */
export interface Template {
  id: string;
  slug?: string;
  name: string;
  subject: string;
  preheader?: string;
  source: string;
  text?: string;
  channel: string;
  purpose: string;
  revision: number;
  published: number | null;
  tokens: string[];
  warnings: Warning[];
  createdAt: string;
  updatedAt: string;
}

/** @schema TemplateVersionDto */
export interface TemplateVersion {
  version: number;
  subject: string;
  preheader?: string;
  source: string;
  text?: string;
  publishedAt: string;
  publishedBy: string;
}

/** @schema WarningDto */
export interface Warning {
  code: string;
  message: string;
  part?: MailPart;
  line?: number;
  column?: number;
}

/** @schema HelperDto */
export interface Helper {
  name: string;
  usage: string;
  doc: string;
  dialect: string;
}

/** @schema IdentityDto */
export interface Identity {
  kind: string;
  value: string;
  key: string;
}

/** @schema ProfileSummaryDto */
export interface PersonSummary {
  id: string;
  name?: string;
  identities: Identity[];
}

/** @schema ProfileDto */
export interface Profile {
  id: string;
  identities: Identity[];
  traits: Record<string, unknown>;
}

/** @schema PreviewTokenDto */
export interface PreviewToken {
  path: string;
  written: string;
  use: 'text' | 'condition' | 'list';
  value: unknown;
  missing: boolean;
  fallback: string | null;
  part: MailPart;
  line: number;
  column: number;
  origin: Origin | null;
}

/** Where a value came from; the description leaves its shape open. */
export interface Origin {
  kind: string;
  connection?: string;
  connectionName?: string;
  stream?: string;
  key?: string;
  at?: string;
}

/** @schema PreviewDto */
export interface Preview {
  subject: string;
  preheader: string;
  html: string;
  text: string;
  hash: string;
  tokens: PreviewToken[];
  warnings: Warning[];
  versions: { profile: { id: string } | null };
  page: string;
}

/** Any list of the API. */
export interface List<T> {
  data: T[];
  next: string | null;
}
