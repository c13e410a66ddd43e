import { MasterReport, MAX_REDUCTION_DB } from '@beatbot/dsp';
import { Demand, Measure } from '@beatbot/music';
import type { RenderPlan } from '../worker/job-types';

/** How near the loudness must come, in LU. */
const LOUDNESS_TOLERANCE_LU = 0.3;
/** Stands for silence among figures in decibels. */
const SILENCE_DB = -120;

/** What the score asked of the sound, and what was measured on the mastered samples. */
export function soundDemands(plan: RenderPlan, report: MasterReport): Demand[] {
  const seconds = plan.frames / plan.sampleRate;
  const loud = Math.abs(report.loudnessLufs - plan.loudnessLufs) <= LOUDNESS_TOLERANCE_LU;
  return [
    {
      demand: 'loudness',
      source: 'default',
      asked: `${plan.loudnessLufs.toFixed(1)} LUFS`,
      measured: level(report.loudnessLufs, 'LUFS'),
      how: `integrated loudness of the mix, ITU-R BS.1770-4${loud ? '' : `; the limiter takes away at most ${MAX_REDUCTION_DB} dB`}`,
      met: loud,
    },
    {
      demand: 'true-peak',
      source: 'default',
      asked: `at most ${plan.truePeakDb.toFixed(1)} dBTP`,
      measured: level(report.truePeakDb, 'dBTP'),
      how: 'true peak of the mix, four times oversampled, ITU-R BS.1770-4 annex 2',
      met: report.truePeakDb <= plan.truePeakDb + 0.005,
    },
    {
      demand: 'duration',
      source: 'inferred',
      asked: `${plan.musicSeconds.toFixed(1)} s of music and what rings on`,
      measured: `${seconds.toFixed(1)} s`,
      how: 'frames of the mix by sample rate',
      met: seconds >= plan.musicSeconds,
    },
  ];
}

/** General measures of the sound. */
export function soundMeasures(plan: RenderPlan, report: MasterReport, clippedSamples: number): Measure[] {
  return [
    { name: 'integrated-loudness', value: finite(report.loudnessLufs), unit: 'LUFS' },
    { name: 'true-peak', value: finite(report.truePeakDb), unit: 'dBTP' },
    { name: 'audio-duration', value: plan.frames / plan.sampleRate, unit: 's' },
    { name: 'unmastered-loudness', value: finite(report.unmasteredLufs), unit: 'LUFS' },
    { name: 'master-gain', value: round(report.gainDb), unit: 'dB' },
    { name: 'limiter-reduction', value: round(report.reductionDb), unit: 'dB' },
    { name: 'clipped-stem-samples', value: clippedSamples, unit: 'samples' },
  ];
}

function level(value: number, unit: string): string {
  return Number.isFinite(value) ? `${value.toFixed(1)} ${unit}` : 'silence';
}

function finite(value: number): number {
  return Number.isFinite(value) ? round(value) : SILENCE_DB;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
