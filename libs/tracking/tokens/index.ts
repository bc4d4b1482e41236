export type { TrackedLink, TrackedMail, TrackingToken } from './tracking-token.ts';
export { TrackingTokens } from './tracking-tokens.ts';
