import { Sound, SoundStore } from '../kernel/sound-memory';
import { Sample } from '../sound-font/sound-font';
import { layLoop, loopLayout, loopWithin, SoundLayout } from './sound-layout';

/** A sound in the kernel's memory, and how a voice goes through it. */
export interface PlacedSound extends SoundLayout {
  address: number;
}

/** The samples of a SoundFont in the kernel's memory, each decoded when a voice first needs it. */
export class SampleBank {
  constructor(private readonly store: SoundStore) {}

  /** A sample that ends; `endOffset` moves its end, in frames. */
  oneShot(sample: Sample, endOffset: number): PlacedSound {
    const { address, frames } = this.store.sound([sample.index, 0, 0], sample.decode, (samples) => samples);
    return { address, limit: Math.max(1, Math.min(frames, frames + endOffset)), wrap: 0 };
  }

  /** A sample that goes round between two frames; undefined where they are no loop. */
  looped(sample: Sample, loopStart: number, loopEnd: number): PlacedSound | undefined {
    if (loopStart === loopEnd) return undefined;
    const sound: Sound = this.store.sound([sample.index, loopStart, loopEnd], sample.decode, (samples) => {
      const loop = loopWithin(loopStart, loopEnd, samples.length);
      return loop ? layLoop(samples, loop) : samples;
    });
    const loop = loopWithin(loopStart, loopEnd, sound.frames);
    return loop && { address: sound.address, ...loopLayout(loop) };
  }
}
