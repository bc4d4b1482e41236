/** What stands around every room. */
export { TopBar } from './top-bar.tsx';
