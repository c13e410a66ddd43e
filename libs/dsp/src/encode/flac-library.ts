import libflacFactory = require('libflacjs');

/** libFLAC as it is compiled to asm.js, which needs no file and no network at run time (the WebAssembly build asks `fetch` for a path, which Node refuses). */
export type FlacLibrary = ReturnType<typeof libflacFactory>;

let loading: Promise<FlacLibrary> | undefined;

/** The library, ready to use; one per thread. */
export function loadFlacLibrary(): Promise<FlacLibrary> {
  loading ??= new Promise((resolve) => {
    const library = libflacFactory('release');
    if (library.isReady()) resolve(library);
    else library.on('ready', () => resolve(library));
  });
  return loading;
}
