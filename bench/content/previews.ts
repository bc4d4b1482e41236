import { setTimeout as delay } from 'node:timers/promises';
import Handlebars from 'handlebars';
import { ApiError, type ApiClient } from '../../apps/cli/index.ts';
import { median, round } from '../kit/figures.ts';
import { profileId } from '../people/people-documents.ts';
import { endless, mail } from './mail.ts';

const warmUps = 100;
const times = 300;

interface Preview {
  html: string;
}

function previewOf(api: ApiClient, n: number, what: object = { template: 'bench' }): Promise<Preview> {
  return api.post<Preview>('/api/preview', { ...what, identity: profileId(n) });
}

/** Milliseconds that a warm preview takes beyond the render of its mail: medians. */
export async function previewOverRender(api: ApiClient, traitsOf: (n: number) => Promise<object>): Promise<number> {
  const rendering = await renderTimes(traitsOf);
  const previews: number[] = [];
  let bytes = 0;
  for (let n = 1; n <= warmUps + times; n++) {
    const began = performance.now();
    const { html } = await previewOf(api, n);
    if (n > warmUps) previews.push(performance.now() - began);
    bytes = Buffer.byteLength(html);
  }
  const [preview, render] = [median(previews), median(rendering)];
  console.log(
    `a preview of a mail of ${round(bytes / 1024, 1)} KB: median ${round(preview)} ms over HTTP; the bare render ${round(render, 3)} ms`,
  );
  return preview - render;
}

async function renderTimes(traitsOf: (n: number) => Promise<object>): Promise<number[]> {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('defaultIfEmpty', (value: unknown, fallback: unknown) => value ?? fallback);
  const render = handlebars.compile(mail.source);
  const taken: number[] = [];
  for (let n = 1; n <= warmUps + times; n++) {
    const traits = await traitsOf(n);
    const began = performance.now();
    render(traits);
    if (n > warmUps) taken.push(performance.now() - began);
  }
  return taken;
}

/** Somebody previews a mail that never ends; meanwhile others preview theirs. Milliseconds. */
export async function stopEndless(api: ApiClient): Promise<void> {
  const others: number[] = [];
  let failed = 0;
  let isOver = false;
  const previewOthers = async (): Promise<void> => {
    for (let n = 1; !isOver; n++) {
      const began = performance.now();
      await previewOf(api, n).catch(() => (failed += 1));
      others.push(performance.now() - began);
      await delay(20);
    }
  };
  const previewing = previewOthers();
  const began = performance.now();
  const error: unknown = await previewOf(api, 1, endless).catch((failure: unknown) => failure);
  const stopped = performance.now() - began;
  isOver = true;
  await previewing;
  const code = error instanceof ApiError ? error.code : undefined;
  if (code !== 'template_timeout') throw new Error(`The endless mail was not stopped: ${String(error)}`);
  console.log(
    `an endless mail was stopped after ${round(stopped, 0)} ms; meanwhile ${others.length} previews of others (${failed} failed): median ${round(median(others))} ms, ` +
      `slowest ${round(Math.max(...others))} ms`,
  );
}
