// What `npm run demo`, `verify`, `start`, `bench` and `npm test` call. Runs in a fresh clone, so it needs nothing but Node; and in
// an old Node far enough to say that it is too old.
const wanted = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  console.error(
    `Millrace needs Node ${wanted.join('.')} or newer; this is ${process.versions.node} (${process.execPath}).`,
  );
  console.error('Install a newer one from https://nodejs.org or with your version manager (nvm install --lts).');
  process.exitCode = 1;
} else {
  import('./commands.mjs').then((commands) => commands.run(process.argv.slice(2)));
}
