/** What the mails of an audience may be like at most before they are exported: data of a template. */
export { GivenLimitsDto, PreflightLimitsDto, TemplateLimitsDto } from './limits.dto.ts';
export { exceededLimits, type ExceededLimit, type JudgedCounts } from './exceeded-limits.ts';
export {
  saidLimits,
  usualLimits,
  withUsualLimits,
  type GivenLimits,
  type LimitName,
  type PreflightLimits,
} from './limits.ts';
