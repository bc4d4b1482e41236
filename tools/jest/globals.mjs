// What specs import as '@jest/globals'. What they have in common is loaded once, so it must reach the functions of whichever runs.
const forward = (name) =>
  new Proxy(() => undefined, {
    apply: (_, self, args) => Reflect.apply(current(name), self, args),
    get: (_, key) => current(name)[key],
  });

const current = (name) => globalThis[Symbol.for('millrace.jest')][name];

export const afterAll = forward('afterAll');
export const afterEach = forward('afterEach');
export const beforeAll = forward('beforeAll');
export const beforeEach = forward('beforeEach');
export const describe = forward('describe');
export const expect = forward('expect');
export const it = forward('it');
export const jest = forward('jest');
export const test = forward('test');
