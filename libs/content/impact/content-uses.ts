import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Blocks } from '../blocks/index.ts';
import { Feeds } from '../feeds/index.ts';
import { Strings } from '../strings/index.ts';
import { Mentions } from './mentions.ts';
import { WrittenContent } from './written-content.ts';

/** Tells which mails use what is to be removed of content itself. */
@Injectable()
export class ContentUses implements OnModuleInit {
  constructor(
    private readonly blocks: Blocks,
    private readonly feeds: Feeds,
    private readonly strings: Strings,
    private readonly written: WrittenContent,
    private readonly mentions: Mentions,
  ) {}

  onModuleInit(): void {
    this.blocks.uses.ask((slug) => this.written.usingBlock(slug));
    this.feeds.uses.ask((slug) => this.mentions.ofFeed(slug));
    this.strings.usesOfKey.ask((key) => this.mentions.ofStrings([key]));
    this.strings.usesOfLocale.ask(async (locale) => {
      const { texts } = await this.strings.get(locale);
      return this.mentions.ofStrings(Object.keys(texts));
    });
  }
}
