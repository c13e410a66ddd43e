// Compiles the kernels to src/generated, which is committed: sources then run without a build before.
// With --check it compares instead, and fails where the sources have moved on.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const ROOT = join(fileURLToPath(import.meta.url), '../..');
const TARGET = join(ROOT, 'src/generated');
/** Voices of all threads work on one shared memory of at most 1 GiB; a channel strip and a synthesiser have 1 MiB to themselves, a meter 192 KiB. */
const KERNELS = {
  'voice-kernel': [
    'assembly/kernel.ts',
    '--importMemory',
    '--sharedMemory',
    '--initialMemory',
    '16',
    '--enable',
    'threads',
    '--maximumMemory',
    '16384',
  ],
  'strip-kernel': ['assembly/strip.ts', '--initialMemory', '16', '--maximumMemory', '16'],
  'synth-kernel': ['assembly/synth.ts', '--initialMemory', '16', '--maximumMemory', '16'],
  'master-kernel': ['assembly/master.ts', '--initialMemory', '3', '--maximumMemory', '3'],
};

mkdirSync(TARGET, { recursive: true });
for (const [name, options] of Object.entries(KERNELS)) {
  const file = join(TARGET, `${name}.ts`);
  const constant = name.toUpperCase().replace('-', '_');
  const binary = await compile(options);
  const text = [
    '// Made by assembly/build.mjs from the sources in assembly/.',
    '',
    '/** WebAssembly in base64. */',
    `export const ${constant} =`,
    `  '${Buffer.from(binary).toString('base64')}';`,
    '',
  ].join('\n');
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (text !== readFileSync(file, 'utf8'))
    throw new Error(`${relative(ROOT, file)} is not what assembly/ compiles to: npm run kernel -w libs/dsp`);
}

async function compile(options) {
  let binary;
  const { error, stderr } = await asc.main(
    [
      ...options,
      ...['--outFile', 'kernel.wasm', '--runtime', 'stub', '--use', 'abort=', '--baseDir', ROOT],
      ...['-O3', '--converge', '--noAssert', '--uncheckedBehavior', 'always'],
      ...['--enable', 'simd'],
    ],
    {
      writeFile: (file, contents) => {
        if (file.endsWith('.wasm')) binary = contents;
      },
    },
  );
  if (error) throw new Error(stderr.toString(), { cause: error });
  return binary;
}
