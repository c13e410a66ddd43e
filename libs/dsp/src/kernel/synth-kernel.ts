import { SYNTH_KERNEL } from '../generated/synth-kernel';
import { StereoBlock } from '../stereo-block';
import {
  LINE,
  LINE_FRAMES,
  SYNTH_LEFT,
  SYNTH_OUTPUT,
  SYNTH_RIGHT,
  SYNTH_VOICE,
  SYNTH_VOICE_FIELDS,
} from './synth-layout';
import { WebAssembly } from './web-assembly';

/** What assembly/synth.ts exports. */
interface SynthFunctions {
  memory: { buffer: ArrayBuffer };
  setRate(hertz: number): void;
  writeWaves(): void;
  /** Fills the line with a pluck of a string of so many frames. */
  pluck(seed: number, period: number, softness: number, place: number): void;
  /** Adds steps of the voice to the output, from a frame of it on; 0 once it is over. */
  render(frame: number, steps: number): number;
}

/** The memory and the functions of one thread's synthesiser, about 1 MiB. */
export class SynthKernel {
  readonly functions: SynthFunctions;
  /** The voice at work, and its string. */
  readonly voice: Float64Array;
  readonly line: Float32Array;
  /** The sum of voices. */
  readonly output: StereoBlock;

  constructor(sampleRate: number) {
    const compiled = new WebAssembly.Module(Buffer.from(SYNTH_KERNEL, 'base64'));
    this.functions = new WebAssembly.Instance(compiled, {}).exports as SynthFunctions;
    this.functions.setRate(sampleRate);
    this.functions.writeWaves();
    const { buffer } = this.functions.memory;
    this.voice = new Float64Array(buffer, SYNTH_VOICE, SYNTH_VOICE_FIELDS);
    this.line = new Float32Array(buffer, LINE, LINE_FRAMES);
    this.output = {
      left: new Float32Array(buffer, SYNTH_LEFT, SYNTH_OUTPUT),
      right: new Float32Array(buffer, SYNTH_RIGHT, SYNTH_OUTPUT),
    };
  }
}
