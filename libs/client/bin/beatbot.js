#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const main = join(__dirname, '../dist/cli/main.js');
if (existsSync(main)) {
  require(main).run(process.argv.slice(2));
} else {
  process.stderr.write(
    'beatbot is not built yet: run `npm run build` in the project folder, or `npm start`, which does it.\n',
  );
  process.exitCode = 1;
}
