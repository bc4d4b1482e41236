import { Module } from '@nestjs/common';
import { ConsoleBuild } from './console-build.ts';
import { ConsoleController } from './console.controller.ts';

@Module({ controllers: [ConsoleController], providers: [ConsoleBuild] })
export class ConsoleModule {}
