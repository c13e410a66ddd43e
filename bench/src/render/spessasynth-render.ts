// A whole program: renders a score's mix with spessasynth_core, its own reverb and chorus on, to a WAV file.
// node spessasynth-render.js SOUNDFONT SCORE.json OUT.wav
import { readFileSync, writeFileSync } from 'node:fs';
import { createEncoder } from '@beatbot/dsp';
import { instrument, type Score, tickToSeconds } from '@beatbot/music';
import { SoundBankLoader, SpessaSynthProcessor } from 'spessasynth_core';

const SAMPLE_RATE = 44_100;
const BLOCK = 128;

async function main(): Promise<void> {
  const [soundFont, scorePath, out] = process.argv.slice(2) as [string, string, string];
  const score = JSON.parse(readFileSync(scorePath, 'utf8')) as Score;
  const synth = new SpessaSynthProcessor(SAMPLE_RATE, { maxBufferSize: BLOCK, eventsEnabled: false });
  await synth.processorInitialized;
  synth.soundBankManager.addSoundBank(
    SoundBankLoader.fromArrayBuffer(new Uint8Array(readFileSync(soundFont)).buffer),
    'main',
  );
  synth.setSystemParameter('autoAllocateVoices', true);
  const at = (tick: number) => Math.round(tickToSeconds(score, tick) * SAMPLE_RATE);
  let melodic = 0;
  const events = score.tracks.flatMap(({ notes, mix, instrument: id }) => {
    const { program, isDrumKit } = instrument(id);
    const channel = isDrumKit ? 9 : melodic === 9 ? ++melodic : melodic++;
    synth.programChange(channel, program);
    synth.controllerChange(channel, 91, mix.reverbSend);
    synth.controllerChange(channel, 93, mix.chorusSend);
    return notes.flatMap(({ startTick, durationTicks, pitch, velocity }) => [
      { frame: at(startTick), play: () => synth.noteOn(channel, pitch, velocity) },
      { frame: at(startTick + durationTicks), play: () => synth.noteOff(channel, pitch) },
    ]);
  });
  events.sort((a, b) => a.frame - b.frame);
  const frames = Math.max(...events.map(({ frame }) => frame)) + 4 * SAMPLE_RATE;
  const [left, right] = [new Float32Array(frames), new Float32Array(frames)];
  let next = 0;
  for (let frame = 0; frame < frames; frame += BLOCK) {
    for (; next < events.length && events[next]!.frame <= frame; next++) events[next]!.play();
    synth.process(left, right, frame, Math.min(BLOCK, frames - frame));
  }
  const encoder = await createEncoder('wav', { sampleRate: SAMPLE_RATE, frames });
  writeFileSync(out, Buffer.concat([encoder.encode({ left, right }), encoder.finish()]));
  process.exit(0);
}

void main();
