import type { Outcome } from './variants.ts';

/**
 * @schema PreflightSummaryDto
 */
export interface PreflightSummary {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  version: number | null;
  revision: number | null;
  audience: string | null;
  createdAt: string;
  endedAt: string | null;
  error?: { message: string };
  progress: PreflightProgress;
  counts: PreflightCounts;
  masked: boolean;
  gate: PreflightVerdict;
}

/** @schema PreflightDto */
export interface Preflight extends PreflightSummary {
  errors: TallyCount[];
  tokens: Outcome[];
  /** The lists and sizes would tell sensitive traits, and are empty. */
  withheld: boolean;
  outcomes: Outcome[];
  never: Outcome[];
  blocks: BlockCounts[];
  warnings: TallyCount[];
  notSent: TallyCount[];
  sizes: MailSizes;
}

/** @schema PreflightProgressDto */
export interface PreflightProgress {
  looked: number;
  total: number;
  share: number;
  secondsLeft: number | null;
}

/** @schema PreflightCountsDto */
export interface PreflightCounts {
  people: number;
  composed: number;
  withoutMail: number;
  blanks: number;
  fallbacks: number;
  oversize: number;
  notSent: number;
  sendable: number;
}

/** @schema PreflightVerdictDto */
export interface PreflightVerdict {
  state: 'pending' | 'passed' | 'exceeded';
  exceeded: ExceededLimit[];
}

/** @schema ExceededLimitDto */
export interface ExceededLimit {
  limit: string;
  message: string;
}

/** @schema GateDto */
export interface Gate {
  state: 'passed' | 'exceeded' | 'outdated' | 'masked' | 'missing';
  preflight: string | null;
  exceeded: ExceededLimit[];
}

/** @schema TallyCountDto */
export interface TallyCount {
  code: string;
  people: number;
}

/** @schema BlockCountsDto */
export interface BlockCounts {
  block: string;
  variants: { variant: string | null; people: number }[];
}

/** @schema SizesDto */
export interface MailSizes {
  measured: number;
  min: number | null;
  median: number | null;
  p95: number | null;
  max: number | null;
}

/** @schema ExampleDto */
export interface PreflightExample {
  profile: string;
  person: string | null;
  tokens: Outcome[];
  codes: string[];
  message?: string;
  bytes?: number;
}

/** @schema PreflightLimitsDto */
export interface PreflightLimits {
  errors?: number;
  blanks?: number;
  fallbacks?: number;
  oversize?: number;
  minimumPeople?: number;
  maximumAgeHours?: number;
}

/** @schema TemplateLimitsDto */
export interface TemplateLimits extends PreflightLimits {
  edition: number;
}

/** @schema AudienceView */
export interface AudienceSummary {
  slug: string;
  name?: string;
}
