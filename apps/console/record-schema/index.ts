/** What the JSON Schema of records tells of their fields. */
export { fieldsWithin, objectIn, type Described, type Way } from './fields-within.ts';
