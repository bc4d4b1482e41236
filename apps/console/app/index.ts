/** The console as a whole: who is there, and in which room. */
export { App } from './app.tsx';
