export { EventsController } from './events.controller.ts';
export { WriteKeyGuard } from './write-key.guard.ts';
