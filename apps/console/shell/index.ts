/** What stands around every room. */
export { TopBar, type House } from './top-bar.tsx';
