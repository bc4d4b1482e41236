export { HooksController } from './hooks.controller.ts';
export { Hooks } from './hooks.ts';
