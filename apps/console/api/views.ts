/**
 * What the console reads of the API's answers, and no more. Each interface names the schema of the OpenAPI description that it is a
 * part of: a test holds the two together, so nothing of the server's code has to be imported. What is `@awaited` may be absent there:
 * the Studio does without it.
 */

export type Role = 'viewer' | 'marketer' | 'operator' | 'admin';
export type MailPart = 'subject' | 'preheader' | 'source' | 'text';

/** Where in a template something is. */
export interface Place {
  part?: MailPart;
  /** The reusable block whose source line and column are of. */
  block?: string;
  line?: number;
  column?: number;
}

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

/**
 * @schema WarningDto
 * @awaited block
 */
export interface Warning extends Place {
  code: string;
  message: string;
}

/**
 * @schema FindingDto
 * @awaited rule severity message part block line column endLine endColumn fix
 */
export interface LintFinding extends Place {
  rule: string;
  severity: 'error' | 'warning' | 'hint';
  message: string;
  endLine?: number;
  endColumn?: number;
  fix?: Fix;
}

/**
 * @schema FixDto
 * @awaited title edits
 */
export interface Fix {
  title: string;
  edits: Edit[];
}

/**
 * Offsets count UTF-16 code units of the part's source.
 *
 * @schema EditDto
 * @awaited part start end text
 */
export interface Edit {
  part: MailPart;
  start: number;
  end: number;
  text: string;
}

/**
 * @schema MappedTraitDto
 * @awaited name title description sensitive fill
 */
export interface MappedTrait {
  name: string;
  title?: string;
  description?: string;
  sensitive: boolean;
  fill: number;
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

/**
 * @schema PreviewTokenDto
 * @awaited block
 */
export interface PreviewToken {
  path: string;
  written: string;
  use: 'text' | 'condition' | 'list' | 'argument';
  value: unknown;
  missing: boolean;
  fallback: string | null;
  part: MailPart;
  block?: string;
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

/**
 * @schema PreviewDto
 * @awaited notSent conditions blocks
 */
export interface Preview {
  subject: string;
  preheader: string;
  html: string;
  text: string;
  hash: string;
  tokens: PreviewToken[];
  warnings: Warning[];
  conditions?: Condition[];
  blocks?: ChosenBlock[];
  /** Why this person would not get the mail. */
  notSent?: ({ reason: string } & Place) | null;
  versions: { profile: { id: string } | null };
  page: string;
}

/**
 * @schema PreviewConditionDto
 * @awaited written part block line column chosen times
 */
export interface Condition {
  /** The opening tag. */
  written: string;
  part: MailPart;
  block?: string;
  line: number;
  column: number;
  chosen: 'then' | 'else' | 'nothing';
  times: number;
}

/**
 * @schema ChosenBlockDto
 * @awaited slug name variant because
 */
export interface ChosenBlock {
  slug: string;
  name: string;
  /** Null for the default. */
  variant: string | null;
  because: string | null;
}

/**
 * @schema VariantsDto
 * @awaited id state looked limit error grid
 */
export interface Variants {
  id: string;
  state: 'running' | 'done' | 'failed';
  looked: number;
  limit: number;
  error?: { message: string };
  grid: VariantGrid | null;
}

/**
 * @schema VariantGridDto
 * @awaited outcomes never variants distinct
 */
export interface VariantGrid {
  outcomes: Outcome[];
  never: Outcome[];
  variants: Variant[];
  distinct: number;
}

/**
 * @schema OutcomeDto
 * @awaited part line column written what people
 */
export interface Outcome {
  part: MailPart | null;
  line: number | null;
  column: number | null;
  written: string;
  what: string;
  people: number;
}

/**
 * @schema VariantDto
 * @awaited profile person outcomes alike standsFor
 */
export interface Variant {
  profile: string;
  person: string | null;
  outcomes: number[];
  alike: number;
  standsFor: number;
}

/** Any list of the API. */
export interface List<T> {
  data: T[];
  next: string | null;
}
