import { VOICE_KERNEL } from '../generated/voice-kernel';
import { VOICE_FIELDS } from './voice-layout';
import { SharedMemory, WebAssembly } from './web-assembly';

/** What assembly/kernel.ts exports; addresses are in bytes. */
export interface KernelFunctions {
  /** The address of 256 bytes of work space. */
  setBuffer(address: number): void;
  setSampleRate(hertz: number): void;
  /** Writes the interpolation table. */
  writeTable(scratch: number): void;
  /** Begins the voice at an address, at a frame of its sample. */
  start(voice: number, position: number): void;
  /** Adds steps of a voice to two channels; 0 once it is over. */
  render(voice: number, left: number, right: number, frame: number, steps: number, skip: number): number;
  exp2(x: number): number;
  log2(x: number): number;
  /** sin(pi x) for -0.5 <= x <= 0.5. */
  sinPi(x: number): number;
}

export const PAGE_BYTES = 65_536;
const MAX_PAGES = 16_384;
/** The sounds of one SoundFont take at most as much, decoded: 1 GiB. */
export const MAX_SOUND_BYTES = MAX_PAGES * PAGE_BYTES;
export const VOICE_BYTES = VOICE_FIELDS * 8;

const COMPILED = new WebAssembly.Module(Buffer.from(VOICE_KERNEL, 'base64'));

/** Memory of a few pages that can grow to 1 GiB. */
export function createMemory(pages: number): SharedMemory {
  return new WebAssembly.Memory({ initial: pages, maximum: MAX_PAGES, shared: true });
}

/** The kernel on a memory. Its functions give the same bits on every machine. */
export function instantiateKernel(memory: SharedMemory): KernelFunctions {
  return new WebAssembly.Instance(COMPILED, { env: { memory } }).exports as KernelFunctions;
}
