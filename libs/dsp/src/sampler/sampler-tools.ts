import { instantiateKernel, KernelFunctions, VOICE_BYTES } from '../kernel/kernel';
import { SoundMemory, SoundStore } from '../kernel/sound-memory';
import { STEP_FRAMES } from '../kernel/voice-layout';
import { StereoBlock } from '../stereo-block';
import { SampleBank } from './sample-bank';
import { Voice, VoiceTools } from './voice';
import { VoiceParameters } from './voice-parameters';

/** Frames of a track that are worked on at a time, counted from its first. */
export const CHUNK_FRAMES = 32 * STEP_FRAMES;
/** The loudest tracks, drum kits at 0 dB in the mix, peak 4 dB below full scale with it; melodic ones about 20 dB. */
const OUTPUT_GAIN = 0.75;

/** The kernel with a thread's work space, in which one track at a time is worked on. */
export class SamplerTools implements VoiceTools {
  readonly kernel: KernelFunctions;
  readonly bank: SampleBank;
  readonly parameters: VoiceParameters;
  /** Frames of single voices that were rendered. */
  voiceFrames = 0;
  private readonly voiceAddress: number;
  private readonly leftAddress: number;
  private readonly rightAddress: number;
  private readonly voice: Float64Array;
  private readonly chunk: StereoBlock;

  constructor(
    sounds: SoundMemory,
    readonly sampleRate: number,
  ) {
    const store = new SoundStore(sounds);
    this.kernel = instantiateKernel(sounds);
    this.kernel.setBuffer(store.allocate(STEP_FRAMES * 4));
    this.kernel.setSampleRate(sampleRate);
    this.bank = new SampleBank(store);
    this.parameters = new VoiceParameters(this.kernel, sampleRate, OUTPUT_GAIN);
    this.voiceAddress = store.allocate(VOICE_BYTES);
    this.leftAddress = store.allocate(CHUNK_FRAMES * 4);
    this.rightAddress = store.allocate(CHUNK_FRAMES * 4);
    this.voice = new Float64Array(sounds.buffer, this.voiceAddress, VOICE_BYTES / 8);
    this.chunk = {
      left: store.samples(this.leftAddress, CHUNK_FRAMES),
      right: store.samples(this.rightAddress, CHUNK_FRAMES),
    };
  }

  /** Silences the work space before a chunk. */
  clearChunk(): void {
    this.chunk.left.fill(0);
    this.chunk.right.fill(0);
  }

  /**
   * Adds steps of a voice to the chunk.
   * @param frame of the track at which the first step begins
   * @param step the first step's place in the chunk
   * @returns whether the voice goes on
   */
  render(voice: Voice, frame: number, step: number, steps: number): boolean {
    this.voice.set(voice.fields);
    let skip = 0;
    if (voice.isNew) {
      this.kernel.start(this.voiceAddress, voice.position);
      voice.isNew = false;
      skip = voice.startFrame - frame;
    }
    const offset = step * STEP_FRAMES * 4;
    const goesOn = this.kernel.render(
      this.voiceAddress,
      this.leftAddress + offset,
      this.rightAddress + offset,
      frame,
      steps,
      skip,
    );
    voice.fields.set(this.voice);
    this.voiceFrames += steps * STEP_FRAMES;
    return goesOn === 1;
  }

  /** Copies the chunk. */
  readChunk(block: StereoBlock): void {
    block.left.set(this.chunk.left);
    block.right.set(this.chunk.right);
  }
}
