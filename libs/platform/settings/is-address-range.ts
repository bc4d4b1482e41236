import { isIP } from 'node:net';
import { ValidateBy, type ValidationOptions } from 'class-validator';

/** Validates addresses and CIDR ranges as Express takes them for its proxies, and `loopback`. None may be so wide that it is every address. */
export function isAddressRange(options: ValidationOptions = {}): PropertyDecorator {
  const message = 'must be addresses, CIDR ranges such as 10.0.0.0/8, or loopback';
  return ValidateBy({ name: 'isAddressRange', validator: { validate } }, { message, ...options });
}

const bitsOf = new Map([
  [4, 32],
  [6, 128],
]);

function validate(text: unknown): boolean {
  if (typeof text !== 'string' || text.includes('%')) return false;
  if (text === 'loopback') return true;
  const [address = '', bits = '1', ...more] = text.split('/');
  const most = bitsOf.get(isIP(address)) ?? 0;
  return more.length === 0 && /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most;
}
