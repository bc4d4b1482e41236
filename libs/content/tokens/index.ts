/** Which token had which value, and where it came from. */
export { instrument, traceHelper, type TokenSites } from './instrument.ts';
export { Recorder } from './recorder.ts';
export { pathsIn } from './paths-in.ts';
export { rootPathsIn } from './root-paths.ts';
export type { TokenSite, TokenUse, TracedToken } from './token.ts';
export { usesIn, type TemplateUses } from './uses-in.ts';
