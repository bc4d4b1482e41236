/** Why a mail reads as it does: each token and condition with its places in the source and in the mail. */
export { explainPart, type ExplainedCondition, type ExplainedToken, type PartTrace } from './explain.ts';
export { oneLine } from './one-line.ts';
