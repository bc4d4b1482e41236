/** "Hi ," and "Hi !": there was to be a name before the sign. "Hello, your order" is a greeting like any other. */
const greeting =
  /(?:^|[\s>])((?:hi|hello|hey|dear|hallo|hola|olá|ciao|bonjour|liebe[rs]?|salut|hej)[ \t\u00a0]+[,!])/imu;

/** The first greeting of a text that lacks its name: `Hi ,`. */
export function blankGreeting(text: string): string | undefined {
  return greeting.exec(text)?.[1];
}
