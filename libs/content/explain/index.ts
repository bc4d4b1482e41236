/** Why a mail reads as it does: each token and condition with its places in the source and in the mail. */
export { explainPart, type ExplainedCondition, type ExplainedToken, type PartTrace } from './explain.ts';
export { missingReason, type MissingReason } from './missing-reason.ts';
export { oneLine } from './one-line.ts';
