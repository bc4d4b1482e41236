export { sendMail, type MailRoute } from './send-mail.ts';
