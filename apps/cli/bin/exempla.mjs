#!/usr/bin/env node
// A file that is there before the build, so that npm can link to it.
const MIN_NODE = 24;
if (Number(process.versions.node.split('.')[0]) < MIN_NODE) {
  process.stderr.write(`exempla needs Node ${MIN_NODE}, this is ${process.version}: npx exempla brings its own.\n`);
  process.exit(1);
}
await import('../dist/exempla.main.js');
