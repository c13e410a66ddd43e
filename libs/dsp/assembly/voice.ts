/** A field of a voice; see src/kernel/voice-layout.ts. */
export function get(voice: usize, field: i32): f64 {
  return load<f64>(voice + ((<usize>field) << 3));
}

export function set(voice: usize, field: i32, value: f64): void {
  store<f64>(voice + ((<usize>field) << 3), value);
}
