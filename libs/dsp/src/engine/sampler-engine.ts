import { InputError, instrument } from '@beatbot/music';
import { BasicSoundBank, SoundBankLoader, SpessaSynthProcessor } from 'spessasynth_core';
import { SampleRate, sliceBlock, StereoBlock, stereoBlock } from '../stereo-block';
import type { Engine, TrackVoice } from './engine';
import { TrackEvent, trackEvents } from './track-events';

/** Envelopes and oscillators move on a grid of as many frames, 1.5 ms at 44.1 kHz, and at each event. */
const CONTROL_FRAMES = 64;
const MELODIC_CHANNEL = 0;
const PERCUSSION_CHANNEL = 9;
const PERCUSSION_BANK = 128;
/** The loudest tracks, drum kits at 0 dB in the mix, peak 4 dB below full scale with it; melodic ones about 20 dB. */
const OUTPUT_GAIN = 1.25;

/** The filter coefficients of spessasynth_core are kept per thread without regard to the rate they are for: the first rate stays. */
let rateOfThread: SampleRate | undefined;

/**
 * Plays a SoundFont 2 or 3 with spessasynth_core, its own effects switched off.
 * @param soundFont the file's bytes; samples are decoded when a note first needs them, and kept.
 * @throws InputError where the bytes are no SoundFont; Error where this thread has an engine of another rate.
 */
export async function createSamplerEngine(soundFont: Uint8Array, sampleRate: SampleRate): Promise<Engine> {
  rateOfThread ??= sampleRate;
  if (rateOfThread !== sampleRate)
    throw new Error(`this thread has rendered at ${rateOfThread} Hz: another thread is needed for ${sampleRate} Hz`);
  // The decoder of compressed samples is ready when a first synthesiser is.
  await new SpessaSynthProcessor(sampleRate).processorInitialized;
  const bank = parse(soundFont);
  const presets = new Set(
    bank.presets.map((preset) => presetKey(preset.isGMGSDrum ? PERCUSSION_BANK : preset.bankMSB, preset.program)),
  );
  return {
    sampleRate,
    openTrack: (track, tempos, startFrame = 0) => {
      const { bank: bankNumber, program, isDrumKit } = instrument(track.instrument);
      if (!presets.has(presetKey(bankNumber, program)))
        throw new InputError(
          'instrument',
          track.instrument,
          `an instrument of the SoundFont, which has no bank ${bankNumber} program ${program}`,
        );
      const synth = new SpessaSynthProcessor(sampleRate, {
        maxBufferSize: CONTROL_FRAMES,
        effectsEnabled: false,
        eventsEnabled: false,
      });
      synth.soundBankManager.addSoundBank(bank, 'main');
      // No voice is ever cut off to make room for another.
      synth.setSystemParameter('autoAllocateVoices', true);
      synth.setSystemParameter('gain', OUTPUT_GAIN);
      const channel = isDrumKit ? PERCUSSION_CHANNEL : MELODIC_CHANNEL;
      synth.programChange(channel, program);
      return new SamplerVoice(synth, channel, trackEvents(track, tempos, sampleRate), startFrame);
    },
  };
}

function parse(soundFont: Uint8Array): BasicSoundBank {
  try {
    return SoundBankLoader.fromArrayBuffer(
      soundFont.buffer.slice(soundFont.byteOffset, soundFont.byteOffset + soundFont.byteLength) as ArrayBuffer,
    );
  } catch (cause) {
    throw new InputError('soundFont', `${soundFont.length} bytes`, `a SoundFont 2 or 3 file (${String(cause)})`);
  }
}

function presetKey(bank: number, program: number): string {
  return `${bank}:${program}`;
}

class SamplerVoice implements TrackVoice {
  private next = 0;
  /** One step of the control grid, and how much of it was handed out: so the blocks asked for have no influence on the sound. */
  private readonly step = stereoBlock(CONTROL_FRAMES);
  private used = CONTROL_FRAMES;
  /** True while no voice sounds: such steps need no work until the next event. */
  private idle = true;

  constructor(
    private readonly synth: SpessaSynthProcessor,
    private readonly channel: number,
    private readonly events: TrackEvent[],
    private position: number,
  ) {
    for (; this.nextFrame() < position; this.next++) {
      const event = events[this.next]!;
      if (event.kind === 'control') this.play(event);
    }
  }

  render(block: StereoBlock): void {
    for (let done = 0; done < block.left.length;) {
      if (this.used === CONTROL_FRAMES) this.renderStep();
      const count = Math.min(CONTROL_FRAMES - this.used, block.left.length - done);
      const { left, right } = sliceBlock(this.step, this.used, this.used + count);
      block.left.set(left, done);
      block.right.set(right, done);
      this.used += count;
      done += count;
    }
  }

  private renderStep(): void {
    this.step.left.fill(0);
    this.step.right.fill(0);
    this.used = 0;
    if (this.idle && this.nextFrame() >= this.position + CONTROL_FRAMES) {
      this.position += CONTROL_FRAMES;
      return;
    }
    for (let done = 0; done < CONTROL_FRAMES;) {
      for (; this.nextFrame() <= this.position; this.next++) this.play(this.events[this.next]!);
      const count = Math.min(CONTROL_FRAMES - done, this.nextFrame() - this.position);
      this.synth.process(this.step.left, this.step.right, done, count);
      done += count;
      this.position += count;
    }
    this.idle = this.synth.voiceCount === 0;
  }

  private nextFrame(): number {
    return this.events[this.next]?.frame ?? Infinity;
  }

  private play(event: TrackEvent): void {
    if (event.kind === 'note-on') this.synth.noteOn(this.channel, event.pitch, event.velocity);
    else if (event.kind === 'note-off') this.synth.noteOff(this.channel, event.pitch);
    else if (event.controller === -1) this.synth.pitchWheel(this.channel, event.value);
    else
      this.synth.controllerChange(
        this.channel,
        event.controller as Parameters<SpessaSynthProcessor['controllerChange']>[1],
        event.value,
      );
  }
}
