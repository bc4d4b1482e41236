import { Module } from '@nestjs/common';
import { SnippetBuild } from './snippet-build.ts';
import { SnippetController } from './snippet.controller.ts';

@Module({ controllers: [SnippetController], providers: [SnippetBuild] })
export class SnippetModule {}
