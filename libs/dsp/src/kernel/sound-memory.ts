import { createMemory, instantiateKernel, MAX_SOUND_BYTES, PAGE_BYTES } from './kernel';
import { TABLE_ADDRESS } from './voice-layout';
import { SharedMemory } from './web-assembly';

/** A sound in memory: `id` names the sample and how it is laid out, in three whole numbers. */
export type SoundId = readonly [sample: number, loopStart: number, loopEnd: number];

/**
 * The memory of the engines that play one SoundFont: decoded samples, each once, and each engine's own work space. Threads
 * may share it (it can be posted to them); it grows to 1 GiB at most.
 */
export type SoundMemory = SharedMemory;

// The first pages are the directory: heads, then entries of ENTRY words. The interpolation table follows.
const LOCK = 0;
const NEXT_BYTE = 1;
const ENTRIES = 2;
const HEADS = 16;
const ENTRY = 8;
// Words of an entry.
const STATE = 0;
const ADDRESS = 1;
const FRAMES = 2;
const KEY = 3;
const PENDING = 1;
const READY = 2;
const FAILED = 3;
const TABLE_BYTES = 8192 * 32;
const MAX_ENTRIES = (TABLE_ADDRESS / 4 - HEADS) / ENTRY;
const FIRST_FREE = TABLE_ADDRESS + TABLE_BYTES;

const GUARD_FRAMES = 4;

/** Empty memory for the sounds of one SoundFont. */
export function allocateSounds(): SoundMemory {
  const memory = createMemory(16);
  instantiateKernel(memory).writeTable(FIRST_FREE);
  new Int32Array(memory.buffer)[NEXT_BYTE] = FIRST_FREE;
  return memory;
}

/** A sound as it lies in memory. */
export interface Sound {
  /** The address of its first frame, in bytes. */
  address: number;
  /** How many frames were decoded, whatever the layout adds. */
  frames: number;
}

/** One thread's view of the memory. */
export class SoundStore {
  private readonly sounds = new Map<string, Sound>();
  private readonly words: Int32Array;

  constructor(readonly memory: SoundMemory) {
    this.words = new Int32Array(memory.buffer);
  }

  /**
   * A sound: `decode` gives its frames where no thread has them yet, `lay` those that are kept, in the order of memory.
   * Threads that come second wait for the first.
   * @throws what these throw, and RangeError where the memory is full
   */
  sound(id: SoundId, decode: () => Float32Array, lay: (frames: Float32Array) => Float32Array): Sound {
    const key = id.join();
    let sound = this.sounds.get(key);
    if (!sound) {
      sound = this.shared(id, decode, lay);
      this.sounds.set(key, sound);
    }
    return sound;
  }

  /** Takes memory for good, at an address that 64 divides. @throws RangeError where there is no more */
  allocate(bytes: number): number {
    const size = Math.ceil(bytes / 64) * 64;
    const address = Atomics.add(this.words, NEXT_BYTE, size);
    this.ensure(address + size);
    return address;
  }

  /** Samples in memory, from an address on. */
  samples(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  private shared(id: SoundId, decode: () => Float32Array, lay: (frames: Float32Array) => Float32Array): Sound {
    for (;;) {
      const { entry, mine } = this.claim(id);
      if (mine) this.fill(entry, decode, lay);
      else Atomics.wait(this.words, entry + STATE, PENDING);
      if (Atomics.load(this.words, entry + STATE) === READY)
        return { address: this.words[entry + ADDRESS]!, frames: this.words[entry + FRAMES]! };
    }
  }

  /** The entry of a sound, and whether it is for this thread to fill. */
  private claim(id: SoundId): { entry: number; mine: boolean } {
    this.lock();
    try {
      const count = this.words[ENTRIES]!;
      for (let index = 0; index < count; index++) {
        const entry = HEADS + index * ENTRY;
        if (!id.every((word, i) => this.words[entry + KEY + i] === word)) continue;
        // Where another thread has failed, this one tries for itself, and so has the error at hand.
        const mine = Atomics.compareExchange(this.words, entry + STATE, FAILED, PENDING) === FAILED;
        return { entry, mine };
      }
      if (count === MAX_ENTRIES) throw new RangeError(`a SoundFont has at most ${MAX_ENTRIES} sounds here`);
      const entry = HEADS + count * ENTRY;
      id.forEach((word, i) => (this.words[entry + KEY + i] = word));
      this.words[entry + STATE] = PENDING;
      this.words[ENTRIES] = count + 1;
      return { entry, mine: true };
    } finally {
      this.unlock();
    }
  }

  private fill(entry: number, decode: () => Float32Array, lay: (frames: Float32Array) => Float32Array): void {
    let state = FAILED;
    try {
      const frames = decode();
      const laid = lay(frames);
      // Silence before and behind, for the taps that reach beyond an end.
      const address = this.allocate((laid.length + GUARD_FRAMES * 3) * 4) + GUARD_FRAMES * 4;
      this.samples(address, laid.length).set(laid);
      this.words[entry + ADDRESS] = address;
      this.words[entry + FRAMES] = frames.length;
      state = READY;
    } finally {
      Atomics.store(this.words, entry + STATE, state);
      Atomics.notify(this.words, entry + STATE);
    }
  }

  private ensure(bytes: number): void {
    this.lock();
    try {
      // Growing by nothing shows what other threads have added.
      this.memory.grow(0);
      const missing = bytes - this.memory.buffer.byteLength;
      if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE_BYTES));
    } catch (cause) {
      throw new RangeError(`the sounds in use take more memory than ${MAX_SOUND_BYTES} bytes`, { cause });
    } finally {
      this.unlock();
    }
  }

  private lock(): void {
    while (Atomics.compareExchange(this.words, LOCK, 0, 1) !== 0) Atomics.wait(this.words, LOCK, 1);
  }

  private unlock(): void {
    Atomics.store(this.words, LOCK, 0);
    Atomics.notify(this.words, LOCK, 1);
  }
}
