/** The WebSocket: events pushed in, live updates out. */
export { LiveModule } from './live.module.ts';
export { serveLive } from './serve-live.ts';
