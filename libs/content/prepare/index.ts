/** From what people write to what is rendered: blocks put in, MJML compiled, CSS inlined. Runs in the sandbox's child. */
export { blockNamesIn } from './block-names.ts';
export { assignedData, translateDialects } from './dialects.ts';
export { inlineCss, type CssInlining } from './inline-css.ts';
export { internalHelpers, withInternalHelpers } from './internal-helpers.ts';
export { withoutTargets } from './link-targets.ts';
export { markupOf } from './markup.ts';
export { preparePart, type PreparedPart } from './prepare-part.ts';
export { liftSlots } from './slots.ts';
export type { BlockSource, BlockSources, SourceFormat, WrittenPart } from './sources.ts';
export { asBrowsersRead, isUnsafeAddress, unsafeLinks } from './unsafe-links.ts';
export { placeIn, type TagPlace } from './places.ts';
