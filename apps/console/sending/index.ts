/** What leaves the Studio: test mails, shared links, templates for other platforms. */
export { SendDialog } from './send-dialog.tsx';
