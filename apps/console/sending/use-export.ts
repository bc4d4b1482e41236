import { useEffect, useRef, useState } from 'react';
import { ApiProblem, asProblem, useApi, type ExportLine } from '../api/index.ts';
import { MailFile } from './mail-file.ts';

/** Milliseconds between two figures on the screen. */
const interval = 200;

export interface ExportRequest {
  template: string;
  version: number;
  audience?: string;
  override?: { reason: string };
}

export interface ExportProgress {
  /** What it was asked for by. */
  request: ExportRequest;
  state: 'running' | 'done' | 'stopped';
  mails: number;
  /** People by reason. */
  leftOut: Record<string, number>;
  /** The connection broke: who was left out up to there was not told. */
  uncounted: boolean;
  problem?: ApiProblem;
  /** There is something to go on behind. */
  mayGoOn: boolean;
  /** What there is was given out as a file. */
  saved: boolean;
}

interface Work {
  file: MailFile;
  after?: string;
  progress: ExportProgress;
}

/** An export that is read into a file, with how far it is. It ends with the dialog. */
export function useExport() {
  const api = useApi();
  const [progress, setProgress] = useState<ExportProgress>();
  const work = useRef<Work>(undefined);
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);

  const read = async (current: Work) => {
    const control = new AbortController();
    leaving.current = control;
    const tell = (change: Partial<ExportProgress>) => {
      current.progress = { ...current.progress, ...change };
      if (work.current === current) setProgress(current.progress);
    };
    let mails = current.progress.mails;
    let told = 0;
    const addUp = (more: Record<string, number>) => {
      const sums = { ...current.progress.leftOut };
      for (const [reason, people] of Object.entries(more)) sums[reason] = (sums[reason] ?? 0) + people;
      return sums;
    };
    const stop = (change: Partial<ExportProgress>) =>
      tell({ state: 'stopped', mails, mayGoOn: current.after !== undefined, ...change });
    tell({ state: 'running', problem: undefined, saved: false });
    try {
      const body = { ...current.progress.request, after: current.after };
      for await (const line of api.postForLines('api/exports', { body, signal: control.signal })) {
        const { profile, summary, error } = JSON.parse(line) as ExportLine;
        if (summary) return tell({ state: 'done', mails, leftOut: addUp(summary.leftOut) });
        if (error) {
          current.after = error.after ?? current.after;
          return stop({ leftOut: addUp(error.leftOut), problem: new ApiProblem(0, error.code, error.message) });
        }
        current.file.add(line);
        current.after = profile;
        mails += 1;
        if (Date.now() - told < interval) continue;
        told = Date.now();
        tell({ mails });
      }
      stop({ uncounted: true, problem: new ApiProblem(0, 'broken_off', 'The answer broke off before its end.') });
    } catch (thrown) {
      if (control.signal.aborted) stop({ uncounted: true });
      else
        stop({ uncounted: mails > current.progress.mails || current.progress.uncounted, problem: asProblem(thrown) });
    }
  };

  return {
    progress,
    begin: (request: ExportRequest) => {
      leaving.current?.abort();
      const none = { mails: 0, leftOut: {}, uncounted: false, mayGoOn: false, saved: false };
      work.current = { file: new MailFile(), progress: { request, state: 'running', ...none } };
      return read(work.current);
    },
    goOn: () => (work.current ? read(work.current) : Promise.resolve()),
    stop: () => leaving.current?.abort(),
    /** Gives it out as a file. */
    takeFile: () => {
      if (!work.current) return undefined;
      const { progress, file } = work.current;
      work.current.progress = { ...progress, saved: true };
      setProgress(work.current.progress);
      return file.blob();
    },
    /** Throws it away. */
    drop: () => {
      leaving.current?.abort();
      work.current = undefined;
      setProgress(undefined);
    },
  };
}
