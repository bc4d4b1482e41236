import { Injectable } from '@nestjs/common';
import { usesOf, usesOfCondition, useOf, type Use } from '../uses/index.ts';
import { Preparer, type MailTemplate } from '../compose/index.ts';
import { Feeds } from '../feeds/index.ts';

/** Tells what a mail uses of people. */
@Injectable()
export class TemplateUsage {
  constructor(
    private readonly preparer: Preparer,
    private readonly feeds: Feeds,
  ) {}

  /** With what its blocks use, the conditions that choose their variants, and the URLs of its feeds. Sorted. */
  async usesOf(template: MailTemplate): Promise<Use[]> {
    const { parts, feeds } = await this.preparer.prepare(template);
    const shown = usesOf(parts.map(({ outline }) => outline));
    const deciding =
      template.blocks?.flatMap(({ variants }) => variants.flatMap(({ when }) => usesOfCondition(when))) ?? [];
    const asked = (await this.feeds.namesAskedBy(feeds)).flatMap((name) => useOf(name) ?? []);
    return [...new Set([...shown, ...deciding, ...asked])].sort();
  }
}
