export { recordObject } from './record-object.ts';
