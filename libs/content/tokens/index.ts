/** Which token had which value, which condition chose what, and where both stand in the source and in the output. */
export { checkFeedNames } from './check-feed-names.ts';
export type { Branch, ConditionSite, TracedCondition } from './condition.ts';
export { instrument, type Sites } from './instrument.ts';
export { Lines } from './lines.ts';
export { unmark, type Unmarked } from './markers.ts';
export { outlineOf, type OutlinedToken, type Outline } from './outline.ts';
export { Outcomes, type RenderOutcome } from './outcomes.ts';
export { pathsIn } from './paths-in.ts';
export { conditionMark, Recorder } from './recorder.ts';
export type { OutputPlace, SourceRange, TokenSite, TokenUse, TracedToken } from './token.ts';
export { Tracer } from './tracer.ts';
export { rootPathsIn } from './root-paths.ts';
export { usesIn, type TemplateUses } from './uses-in.ts';
