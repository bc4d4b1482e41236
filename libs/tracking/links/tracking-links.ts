import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Settings, trackingAddress } from '#platform';
import { DeclaredHosts, TrackingSettings } from '../settings/index.ts';
import { TrackingTokens, type TrackedLink, type TrackedMail } from '../tokens/index.ts';

/** Bytes of an address that can be tracked: twice that is about what mail programs open. */
const longestUrl = 1_500;
const longestLabel = 100;

/** Makes the pixel and the links of one mail. */
export interface LinkMaker {
  pixel: () => string;
  /** Undefined for a link that cannot be tracked: to a host that nobody declared, or too long. */
  click: (link: TrackedLink) => string | undefined;
}

/** Is told before the first pixel or link of this process is given out. */
export type FirstLinkListener = () => Promise<void>;

/** Makes tracking pixels and tracked links. Nothing of them is stored. */
@Injectable()
export class TrackingLinks {
  readonly #listeners: FirstLinkListener[] = [];
  #told?: Promise<unknown>;

  constructor(
    private readonly tokens: TrackingTokens,
    private readonly tracking: TrackingSettings,
    private readonly settings: Settings,
  ) {}

  onFirstLink(listener: FirstLinkListener): void {
    this.#listeners.push(listener);
  }

  /** The address of the picture that tells when the mail is opened. */
  async pixel(mail: TrackedMail): Promise<string> {
    return (await this.makers())(mail).pixel();
  }

  /** The address that tells of the click and leads on. Throws `bad_request` for a link that cannot be tracked. */
  async click(mail: TrackedMail, link: TrackedLink): Promise<string> {
    const made = (await this.makers())(mail).click(link);
    if (made !== undefined) return made;
    throw new MillraceError(
      'bad_request',
      `This link cannot be tracked: it has to lead to a declared host (PUT /api/tracking-settings) by http or https, and have at most ${longestUrl} characters.`,
    );
  }

  /** For many mails: what holds is read once. */
  async makers(): Promise<(mail: TrackedMail) => LinkMaker> {
    await this.#tellFirst();
    const { hosts, days } = await this.tracking.get();
    const declared = new DeclaredHosts(hosts);
    const address = trackingAddress(this.settings);
    const own = [address, this.settings.publicUrl].map((url) => new URL(url).host);
    return (mail) => ({
      pixel: () => `${address}/p.gif?t=${this.tokens.make(mail, undefined, days)}`,
      click: ({ url, label }) => {
        const allowed = declared.allowed(url);
        // Links to Millrace itself, such as the one to unsubscribe, are never tracked: they have to work whatever happens.
        if (allowed === undefined || allowed.length > longestUrl || own.includes(new URL(allowed).host))
          return undefined;
        const told = label?.trim().slice(0, longestLabel);
        return `${address}/c/${this.tokens.make(mail, { url: allowed, ...(told && { label: told }) }, days)}`;
      },
    });
  }

  async #tellFirst(): Promise<void> {
    this.#told ??= Promise.all(this.#listeners.map((listener) => listener()));
    try {
      await this.#told;
    } catch (error) {
      this.#told = undefined; // the next one tries again
      throw error;
    }
  }
}
