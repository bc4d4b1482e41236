/** The server as other programs of this repository start it. */
export { startServer, type RunningServer } from './start-server.ts';
