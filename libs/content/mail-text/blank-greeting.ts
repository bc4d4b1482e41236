const words = 'hi|hello|hey|dear|hallo|hola|olá|ciao|bonjour|liebe[rs]?|salut|hej';

/** "Hi ," and "Hi !": there was to be a name before the sign. "Hello, your order" is a greeting like any other. */
const greeting = new RegExp(`(?:^|[\\s>])((?:${words})[ \\t\\u00a0]+[,!])`, 'imu');

const space = String.raw`\s|&nbsp;|&#160;|&#xa0;`;
const spaces = new RegExp(`(?:${space})+`, 'gi');
/** With tags between: what cannot be one in HTML is passed over in one go. */
const maybeInHtml = new RegExp(`(?:^|[\\s>;])(?:${words})(?:${space}|<[^<>]*>)+[,!]`, 'iu');
const lines = /<\/?(?:p|div|br|h[1-6]|li|td|th|tr|table|body)\b[^<>]*>/gi;

/** The first greeting of a text that lacks its name: `Hi ,`. */
export function blankGreeting(text: string): string | undefined {
  return greeting.exec(text)?.[1];
}

/** Whether an HTML source has one, as its plain text would; without making that. */
export function hasBlankGreeting(html: string): boolean {
  if (!maybeInHtml.test(html)) return false;
  const text = html
    .replace(spaces, ' ')
    .replace(lines, '\n')
    .replace(/<[^<>]*>/g, '');
  return blankGreeting(text) !== undefined;
}
