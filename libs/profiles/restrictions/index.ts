export { restrictionModel, restrictionSchema, type Restriction } from './restriction.schema.ts';
export { Restrictions } from './restrictions.ts';
