import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** Links of a Markdown page to other files of the repository, or to headings, that lead nowhere. */
export function brokenLinks(page: string): string[] {
  return linksOf(readFileSync(page, 'utf8')).filter((link) => !leads(page, link));
}

/** Without those to other hosts, and without what only looks like one in code. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replace(/^ *```[\s\S]*?^ *```/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, link]) => link ?? '')
    .filter((link) => !/^[a-z]+:/.test(link));
}

function leads(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : resolve(dirname(page), path);
  if (!existsSync(target) || relative(process.cwd(), target).startsWith('..')) return false;
  if (anchor === undefined || statSync(target).isDirectory()) return anchor === undefined;
  return anchorsOf(readFileSync(target, 'utf8')).has(anchor);
}

/** As GitHub names headings: https://docs.github.com/en/get-started/writing-on-github (section links). */
function anchorsOf(markdown: string): Set<string> {
  const headings = markdown.replace(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/^#+ (.*)$/gm);
  return new Set([...headings].map(([, text = '']) => anchorOf(text)));
}

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
