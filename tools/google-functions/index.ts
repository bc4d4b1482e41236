/** Google's Functions Framework in a process of its own. */
export { startGoogleFunction, type GoogleFunction } from './start-google-function.ts';
