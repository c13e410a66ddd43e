import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asset, Revision } from '../api-types';
import type { BeatbotClient } from '../beatbot-client';
import { CommandError, EXIT } from './exit-code';
import type { ProgressDisplay } from './progress-display';

export const KINDS = ['mix', 'stem', 'midi', 'musicxml', 'score', 'receipt'] as const;
export type Kind = (typeof KINDS)[number];

const PARALLEL = 4;
const RECEIPT = 'receipt.json';
/** Names from the server become paths here, so they are held to what they may be. */
const SAFE_NAME = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;
/** What a download may write; made sure of before a song is even asked for. */
const USUAL_NAMES = [
  'mix.mp3',
  'mix.wav',
  'mix.flac',
  'mix.opus',
  'song.mid',
  'song.musicxml',
  'score.json',
  RECEIPT,
  'stems',
];

/** @throws CommandError when `folder` holds files that a download would replace */
export function refuseToReplace(folder: string, force: boolean): void {
  if (force) return;
  const there = USUAL_NAMES.filter((name) => existsSync(join(folder, name)));
  if (there.length > 0) {
    throw new CommandError(
      `${folder} holds ${there.join(', ')} already: choose another folder with -o, or replace them with --force`,
      EXIT.badInput,
    );
  }
}

/** Writes the files of a revision into `folder`, each whole or not at all; gives their paths. */
export async function downloadRevision(
  client: BeatbotClient,
  revision: Revision,
  folder: string,
  kinds: readonly Kind[],
  display: ProgressDisplay,
  signal?: AbortSignal,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const assets = revision.assets.filter(
    ({ kind, name }) => (kinds as readonly string[]).includes(kind) && name !== RECEIPT,
  );
  const total = assets.reduce((sum, { size }) => sum + size, 0);
  const done = new Map<string, number>();
  const queue = [...assets];
  const work = async (): Promise<void> => {
    for (let asset = queue.shift(); asset; asset = queue.shift()) {
      const { name } = asset;
      await client.download(asset, join(folder, pathOf(asset)), {
        signal,
        onProgress: (bytes) => {
          done.set(name, bytes);
          display.showDownload(
            [...done.values()].reduce((sum, value) => sum + value, 0),
            total,
            name,
          );
        },
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: PARALLEL }, work));
  } finally {
    display.stop();
  }
  const files = assets.map(pathOf);
  if (kinds.includes('receipt') && revision.receipt) {
    await writeWhole(join(folder, RECEIPT), `${JSON.stringify(revision.receipt, null, 2)}\n`);
    files.push(RECEIPT);
  }
  return files.sort();
}

function pathOf({ name }: Asset): string {
  if (!SAFE_NAME.test(name))
    throw new CommandError(`the server names a file ${JSON.stringify(name)}, which cannot be written`, EXIT.unexpected);
  return name;
}

async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}
