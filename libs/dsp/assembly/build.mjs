// Compiles the kernel to src/generated/kernel.ts, which is committed: sources then run without a build before.
// With --check it compares instead, and fails where the sources have moved on.
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const TARGET = join(ROOT, 'src/generated/kernel.ts');

const { error, stderr, binary } = await compile();
if (error) {
  process.stderr.write(stderr);
  throw error;
}
const text = [
  '// Made by assembly/build.mjs from the sources in assembly/.',
  '',
  '/** The kernel as WebAssembly, in base64. */',
  'export const KERNEL =',
  `  '${Buffer.from(binary).toString('base64')}';`,
  '',
].join('\n');
if (process.argv.includes('--check')) {
  if (text !== readFileSync(TARGET, 'utf8'))
    throw new Error(`${relative(ROOT, TARGET)} is not what assembly/ compiles to: npm run kernel -w libs/dsp`);
} else {
  mkdirSync(dirname(TARGET), { recursive: true });
  writeFileSync(TARGET, text);
}

async function compile() {
  let binary;
  const { error, stderr } = await asc.main(
    [
      'assembly/kernel.ts',
      ['--outFile', 'kernel.wasm'],
      ['--runtime', 'stub'],
      ['-O3', '--converge', '--noAssert', '--uncheckedBehavior', 'always'],
      ['--enable', 'simd,threads'],
      ['--importMemory', '--sharedMemory', '--initialMemory', '16', '--maximumMemory', '16384'],
      ['--use', 'abort='],
      ['--baseDir', ROOT],
    ].flat(),
    {
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents;
      },
    },
  );
  return { error, stderr: stderr.toString(), binary };
}
