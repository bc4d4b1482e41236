import Handlebars from 'handlebars';
import { Liquid } from 'liquidjs';
import { pythonPackages, runPython } from '#tools/python';
import { helpers, registerHelpers } from '../../helpers/index.ts';
import { djangoProgram } from './django-program.ts';

export type Data = Record<string, unknown>;
export interface Job {
  source: string;
  data: Data;
}
/** Renders many at once: what came out, by job. */
export type Engine = (jobs: readonly Job[]) => Promise<string[]>;

/**
 * Handlebars itself with those of our helpers that a vendor documents; anything else fails as unknown.
 * @param has whether the vendor has a helper, built-in ones included
 */
export function handlebarsEngine(has: (name: string, dialect: string | undefined) => boolean): Engine {
  const environment = Handlebars.create();
  registerHelpers(environment, () => undefined);
  const dialects = new Map(helpers.map(({ name, dialect }) => [name, dialect]));
  for (const name of Object.keys(environment.helpers))
    if (!has(name, dialects.get(name)) && !/Missing$/.test(name)) environment.unregisterHelper(name);
  return (jobs) => Promise.resolve(jobs.map(({ source, data }) => environment.compile(source)(data)));
}

/** Liquid. Braze's own `${…}` is a variable here, as in its documents: default attributes beside `custom_attribute`. */
export const liquidEngine: Engine = (jobs) => {
  const liquid = new Liquid();
  const plain = (source: string): string =>
    source
      .replace(/custom_attribute\.\$\{([^}]+)\}/g, (_, name: string) => `custom_attribute["${name}"]`)
      .replace(/\$\{([^}]+)\}/g, (_, name: string) => `user["${name}"]`);
  return Promise.all(jobs.map(({ source, data }) => liquid.parseAndRender(plain(source), data) as Promise<string>));
};

/** Django's templates, which Klaviyo says its own are, with Klaviyo's filter `lookup` and its tag for the link. */
export const djangoEngine: Engine = async (jobs) => {
  // 4.2 runs with every Python from 3.8 on.
  const packages = await pythonPackages('Django==4.2.16', 'asgiref==3.8.1', 'sqlparse==0.5.3');
  return JSON.parse(await runPython(packages, djangoProgram, JSON.stringify(jobs))) as string[];
};
