export { RequestDryRun, type RequestReach } from './request-dry-run.ts';
export { RequestReachDto } from './request-dry-run.dto.ts';
