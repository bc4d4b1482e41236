import { secretValues } from '@millrace/sdk';

const hidden = '•••';
const shortest = 4; // shorter texts stand everywhere by chance

/** Prints lines; a secret of the configuration never gets through, whoever put it into the text. */
export class Output {
  private readonly secrets: string[];

  constructor(
    config: object,
    secretPaths: string[],
    private readonly write: (line: string) => void = (line) => console.log(line),
  ) {
    const long = secretValues(config, secretPaths).filter((value) => value.length >= shortest);
    const forms = long.flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]);
    this.secrets = [...new Set(forms)].sort((a, b) => b.length - a.length);
  }

  line(text = ''): void {
    this.write(this.secrets.reduce((result, secret) => result.replaceAll(secret, hidden), text));
  }
}
