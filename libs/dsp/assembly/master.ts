// Meters and limiter of the master. Each has an instance of this module, and so a memory and variables, to itself.

export { gains, startLimiter } from './limiter';
export { detect } from './true-peak';
export { weigh } from './loudness';
