import { Injectable } from '@nestjs/common';
import type { RequestKind } from '../request.schema.ts';
import type { Step } from '../work.ts';
import { BuryPerson, sinceBurial, untilHeard, untilThrough } from './bury-person.ts';
import { CleanTexts } from './clean-texts.ts';
import { ClearBatches } from './clear-batches.ts';
import { CollectExport } from './collect-export.ts';
import { ErasePerson } from './erase-person.ts';
import { FindPerson } from './find-person.ts';
import { InTurn } from './in-turn.ts';
import { LookAgain } from './look-again.ts';
import { RecordEraser } from './record-eraser.ts';
import { RestrictPerson } from './restrict-person.ts';
import { SubjectNotes } from './subject-notes.ts';
import { TellDestinations } from './tell-destinations.ts';
import { UntilMarked } from './until-marked.ts';

/** What each kind of request takes, in order. */
@Injectable()
export class StepsOfKinds {
  private readonly steps: Record<RequestKind, Step[]>;

  constructor(
    find: FindPerson,
    turn: InTurn,
    bury: BuryPerson,
    look: LookAgain,
    erase: ErasePerson,
    deliveries: ClearBatches,
    destinations: TellDestinations,
    texts: CleanTexts,
    restrict: RestrictPerson,
    collect: CollectExport,
    marked: UntilMarked,
  ) {
    this.steps = {
      export: [find, turn, marked, collect],
      restrict: [find, restrict],
      erase: [
        ...[
          find,
          turn,
          bury,
          sinceBurial('heard of', untilHeard),
          marked,
          look.step('look again'),
          erase.step('erase'),
        ],
        ...[deliveries, sinceBurial('through', untilThrough), look.step('look once more'), erase.step('erase again')],
        ...[destinations, texts],
      ],
    };
  }

  of(kind: RequestKind): Step[] {
    return this.steps[kind];
  }
}

export const stepProviders = [
  ...[FindPerson, InTurn, BuryPerson, LookAgain, RecordEraser, ErasePerson, ClearBatches, TellDestinations, CleanTexts],
  ...[RestrictPerson, CollectExport, UntilMarked, SubjectNotes, StepsOfKinds],
];
