export { eventSchemaModel, eventSchemaSchema } from './event-schema.schema.ts';
export { EventSchemasController } from './event-schemas.controller.ts';
export { EventSchemas } from './event-schemas.ts';
export { TrackingPlan } from './tracking-plan.ts';
