import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSamplerEngine } from '@beatbot/dsp';
import { instrument, Score, tickToSeconds, writeMidi } from '@beatbot/music';
import { SoundBankLoader, SpessaSynthProcessor } from 'spessasynth_core';
import { NoteSound } from './note-measures';

export const SAMPLE_RATE = 44_100;

/** Plays the first track of a score, dry, for a time. */
export type Synthesizer = (score: Score, frames: number) => NoteSound;

export async function ours(soundFont: string): Promise<Synthesizer> {
  const engine = await createSamplerEngine(readFileSync(soundFont), SAMPLE_RATE);
  return (score, frames) => {
    const sound = { left: new Float32Array(frames), right: new Float32Array(frames) };
    engine.openTrack(score.tracks[0]!, score.tempos).render(sound);
    return sound;
  };
}

/** fluidsynth as Debian has it, at its own gain, without reverb and chorus. */
export function fluidsynth(soundFont: string): Synthesizer {
  return (score, frames) => {
    const folder = mkdtempSync(join(tmpdir(), 'beatbot-compare-'));
    try {
      const [midi, raw] = [join(folder, 'score.mid'), join(folder, 'score.raw')];
      writeFileSync(midi, writeMidi(score));
      const settings = ['synth.dynamic-sample-loading=1', `synth.sample-rate=${SAMPLE_RATE}`];
      const args = ['-ni', '-q', '-R', '0', '-C', '0', ...settings.flatMap((setting) => ['-o', setting])];
      execFileSync('fluidsynth', [...args, '-O', 'float', '-T', 'raw', '-F', raw, soundFont, midi], {
        stdio: 'ignore',
      });
      const bytes = readFileSync(raw);
      const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
      const channel = (index: number) => Float32Array.from({ length: frames }, (_, i) => samples[2 * i + index] ?? 0);
      return { left: channel(0), right: channel(1) };
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

export async function spessasynth(soundFont: string): Promise<Synthesizer> {
  await new SpessaSynthProcessor(SAMPLE_RATE).processorInitialized;
  const bytes = readFileSync(soundFont);
  const bank = SoundBankLoader.fromArrayBuffer(new Uint8Array(bytes).buffer);
  return (score, frames) => {
    const track = score.tracks[0]!;
    const synth = new SpessaSynthProcessor(SAMPLE_RATE, {
      maxBufferSize: 64,
      effectsEnabled: false,
      eventsEnabled: false,
    });
    synth.soundBankManager.addSoundBank(bank, 'main');
    synth.setSystemParameter('autoAllocateVoices', true);
    const { program, isDrumKit } = instrument(track.instrument);
    const channel = isDrumKit ? 9 : 0;
    synth.programChange(channel, program);
    const at = (tick: number) => Math.round(tickToSeconds(score, tick) * SAMPLE_RATE);
    const events = track.notes
      .flatMap(({ startTick, durationTicks, pitch, velocity }) => [
        { frame: at(startTick), play: () => synth.noteOn(channel, pitch, velocity) },
        { frame: at(startTick + durationTicks), play: () => synth.noteOff(channel, pitch) },
      ])
      .sort((a, b) => a.frame - b.frame);
    const sound = { left: new Float32Array(frames), right: new Float32Array(frames) };
    for (let frame = 0; frame < frames;) {
      while (events.length > 0 && events[0]!.frame <= frame) events.shift()!.play();
      const count = Math.min(64, frames - frame, (events[0]?.frame ?? Infinity) - frame);
      synth.process(sound.left, sound.right, frame, count);
      frame += count;
    }
    return sound;
  };
}
