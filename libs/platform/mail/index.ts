export { PartlyRefused } from './partly-refused.ts';
export { sendMail, type MailRoute } from './send-mail.ts';
