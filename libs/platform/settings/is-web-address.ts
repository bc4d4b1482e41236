import { ValidateBy } from 'class-validator';

/** Validates an address of the web that carries no password: those have settings of their own, which are kept secret. */
export function isWebAddress(): PropertyDecorator {
  const message = 'must be a URL with http:// or https://, without user and password';
  return ValidateBy({ name: 'isWebAddress', validator: { validate } }, { message });
}

function validate(text: unknown): boolean {
  if (typeof text !== 'string' || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
