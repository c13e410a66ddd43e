/** Power spectrum of real samples under a Hann window, bins 0 to half; the length is a power of two, padded with zeros. */
export function powerSpectrum(samples: Float32Array, length: number): Float64Array {
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  for (let i = 0; i < Math.min(samples.length, length); i++)
    real[i] = samples[i]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length));
  transform(real, imaginary);
  return Float64Array.from({ length: length / 2 }, (_, bin) => real[bin]! ** 2 + imaginary[bin]! ** 2);
}

/** Fourier transform in place, by the method of Cooley and Tukey. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const length = real.length;
  for (let i = 1, j = 0; i < length; i++) {
    let bit = length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [real[i], real[j]] = [real[j]!, real[i]!];
    [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
  }
  for (let size = 2; size <= length; size *= 2) {
    const angle = (-2 * Math.PI) / size;
    for (let k = 0; k < size / 2; k++) {
      const [cos, sin] = [Math.cos(angle * k), Math.sin(angle * k)];
      for (let start = k; start < length; start += size) {
        const other = start + size / 2;
        const re = real[other]! * cos - imaginary[other]! * sin;
        const im = real[other]! * sin + imaginary[other]! * cos;
        real[other] = real[start]! - re;
        imaginary[other] = imaginary[start]! - im;
        real[start]! += re;
        imaginary[start]! += im;
      }
    }
  }
}

/** The frequency of the highest peak between two frequencies in Hz, by a parabola through its logarithms. */
export function peakFrequency(power: Float64Array, sampleRate: number, lowest: number, highest: number): number {
  const hertzPerBin = sampleRate / 2 / power.length;
  let best = Math.max(1, Math.ceil(lowest / hertzPerBin));
  for (let bin = best; bin < Math.min(power.length - 1, highest / hertzPerBin); bin++)
    if (power[bin]! > power[best]!) best = bin;
  const [before, at, behind] = [-1, 0, 1].map((offset) => Math.log(power[best + offset]! + 1e-300)) as [
    number,
    number,
    number,
  ];
  const curvature = before - 2 * at + behind;
  return (best + (curvature < 0 ? (0.5 * (before - behind)) / curvature : 0)) * hertzPerBin;
}

/** Where the power's middle lies, in Hz. */
export function spectralCentroid(power: Float64Array, sampleRate: number): number {
  let [sum, weighted] = [0, 0];
  power.forEach((value, bin) => {
    sum += value;
    weighted += value * bin;
  });
  return ((weighted / sum) * sampleRate) / 2 / power.length;
}
