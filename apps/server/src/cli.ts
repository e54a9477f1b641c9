#!/usr/bin/env node
// Checked before anything is imported: on an older Node the SQLite binding crashes instead of saying so.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 14)) {
  console.error(`Vitrine needs Node 22.14 or newer; this is ${process.version}. "npm start" brings its own.`);
  process.exit(1);
}
const { runCli } = await import('./cli/run-cli.ts');
process.exitCode = await runCli(process.argv);
