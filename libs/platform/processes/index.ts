/** Which processes of the installation live. */
export { beat, processModel, processSchema, type LivingProcess } from './process.schema.ts';
export { Processes } from './processes.ts';
