import type { Signer } from '#platform';
import { addressMarksIn, identityMark } from '../inbox/index.ts';

const most = 10_000;
/** Letters. Ids have 256 at most (`textIn`): longer ones come in what is refused, and ten thousand of those would fill the memory. */
const longest = 300;

/** Marks of identities. Those of ids are remembered: who sends one message sends more, and an HMAC costs as much as reading a message. */
export class IdentityMarks {
  #known = new Map<string, string>();

  constructor(private readonly signer: Pick<Signer, 'hmac'>) {}

  /** Of an id, such as `user:17`. */
  of(identity: string): string {
    const known = this.#known.get(identity);
    if (known !== undefined) return known;
    if (this.#known.size >= most) this.#known = new Map();
    const mark = identityMark(this.signer.hmac('identity', identity));
    if (identity.length <= longest) this.#known.set(identity, mark);
    return mark;
  }

  /** Of the addresses in a JSON text. */
  addressesIn(json: string): string[] {
    return addressMarksIn(json, this.signer);
  }
}
