/** The part of WebAssembly.Memory that is used: memory that several threads may hold. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  /** Adds pages of 64 KiB. */
  grow(pages: number): number;
}

/** The part of WebAssembly that is used; the types of Node 20 have none of it. */
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { env?: { memory: SharedMemory } }) => { exports: unknown };
  Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
}

export const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
