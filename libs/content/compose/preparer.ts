import { Injectable } from '@nestjs/common';
import { contentHash } from '#platform';
import { slugOf } from '../guard/index.ts';
import type { BlockSources, PreparedPart } from '../prepare/index.ts';
import { Sandbox } from '../sandbox/index.ts';
import { writtenParts, type MailTemplate } from './mail-template.ts';

/** A template as it is rendered for each person. */
export interface PreparedMail {
  parts: PreparedPart[];
  /** Slugs of the feeds that it shows. */
  feeds: string[];
  /** Keys of the strings that it shows. */
  strings: string[];
}

/** Letters that stay prepared at most. */
const cacheSize = 8_000_000;

/** Prepares each version of a template once: blocks put in, MJML compiled, CSS inlined where one result fits everybody. */
@Injectable()
export class Preparer {
  readonly #prepared = new Map<string, { mail: Promise<PreparedMail>; size: number }>();
  #cached = 0;

  constructor(private readonly sandbox: Sandbox) {}

  /** @throws MillraceError `template_invalid`, `template_too_large`, `template_timeout`, with the place in what was written */
  prepare(template: MailTemplate): Promise<PreparedMail> {
    const parts = writtenParts(template);
    const blocks = blockSources(template);
    const key = contentHash({ parts, blocks });
    const known = this.#prepared.get(key);
    if (known) {
      this.#prepared.delete(key); // to the end: the oldest is forgotten first
      this.#prepared.set(key, known);
      return known.mail;
    }
    const mail = this.sandbox.prepare(parts, blocks).then(summary);
    mail.catch(() => this.#forget(key)); // whoever asked is told; the next one tries again
    this.#remember(key, mail, JSON.stringify({ parts, blocks }).length * 3);
    return mail;
  }

  #remember(key: string, mail: Promise<PreparedMail>, size: number): void {
    this.#prepared.set(key, { mail, size });
    this.#cached += size;
    for (const oldest of this.#prepared.keys()) {
      if (this.#cached <= cacheSize || oldest === key) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#cached -= this.#prepared.get(key)?.size ?? 0;
    this.#prepared.delete(key);
  }
}

function summary(parts: PreparedPart[]): PreparedMail {
  return {
    parts,
    feeds: [...new Set(parts.flatMap(({ feeds }) => feeds.map(slugOf)))].sort(),
    strings: [...new Set(parts.flatMap(({ strings }) => strings))].sort(),
  };
}

function blockSources({ blocks = [] }: MailTemplate): BlockSources {
  return Object.fromEntries(
    blocks.map(({ slug, source, params, variants }) => [
      slug,
      {
        source,
        params: params.map(({ name, default: value }) => ({ name, ...(value !== undefined && { default: value }) })),
        variants: variants.map((variant) => ({ name: variant.name, source: variant.source })),
      },
    ]),
  );
}
