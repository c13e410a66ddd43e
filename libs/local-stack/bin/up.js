#!/usr/bin/env node
const { runUp } = require('../dist/index.js');

runUp(process.argv.slice(2)).then((code) => process.exit(code));
