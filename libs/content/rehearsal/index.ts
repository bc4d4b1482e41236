/** What would be refused of blocks and templates that are to be put together, told before any of them is. */
export { ContentRehearsal } from './content-rehearsal.ts';
export { ContentRehearsalController } from './content-rehearsal.controller.ts';
