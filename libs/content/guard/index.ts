/** Decides which templates may be compiled at all. Pure; loads nothing but Handlebars. */
export { blockUseOf, isPartial, isPartialBlock, slotName, slugOf, type BlockUse } from './block-use.ts';
export { isPath, placeOf, simpleName, type KnownHelper } from './check-calls.ts';
export { argumentsOf, isBlock, isMustache, isSubExpression } from './check-nodes.ts';
export { TemplateFault, type Place, type TemplateFaultCode } from './fault.ts';
export { checkSize, guardTemplate, parseTemplate, type GuardedTemplate } from './guard.ts';
export { limits } from './limits.ts';
export { nearest } from './nearest.ts';
export { noSuchBlock } from './no-such-block.ts';
export { lineStarts, placeAt } from './place.ts';
export { scan, type Scan, type Tag } from './scan.ts';
export { withCurlyTags } from './square-tags.ts';
export { walk, type Call, type Visitor } from './walk.ts';
