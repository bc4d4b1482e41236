/** The console's place in the server: how it is built and served. */
export { ConsoleBuild } from './console-build.ts';
export { ConsoleModule } from './console.module.ts';
