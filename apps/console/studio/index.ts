/** The room where mails are written and seen. */
export { Studio } from './studio.tsx';
