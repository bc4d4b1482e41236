export { readAudienceCondition, type AudienceCondition } from './audience-condition.ts';
export { audienceModel, audienceSchema, editionOf, type StoredAudience } from './audience.schema.ts';
export { buildOf, type Build } from './build.ts';
export { BuildProgressDto } from './build.dto.ts';
export { computedTraitModel, computedTraitSchema, type StoredComputedTrait } from './computed-trait.schema.ts';
export {
  definitionsHeadModel,
  definitionsHeadSchema,
  type DefinitionsHead,
  type Walk,
} from './definitions-head.schema.ts';
export { audiencesAsking, lookAtAnew } from './consent-audiences.ts';
export { Definitions, oldestSight } from './definitions.ts';
export { Derivation, type Measured } from './derivation.ts';
export { slowestWrite } from './undecided.ts';
export { saysAudience, saysComputedTrait, traitsSaidIn } from './said-names.ts';
export { Slug } from './slug.ts';
export { writtenNumbers } from './written-numbers.migration.ts';
export { measureOf, storedMeasure } from './stored-measure.ts';
