import type { Brief } from '../brief/brief';
import type { Plan } from '../plan/plan';
import { PPQ, type Score } from '../score/score';
import { COMPOSER_VERSION } from './composer-version';

/** The Score before any agent has worked: form, tempo, meter, key and the plan's tracks without notes. */
export function emptyScore(brief: Brief, plan: Plan): Score {
  const { tonic, mode } = brief.key.value;
  const { numerator, denominator } = brief.meter.value;
  return {
    title: plan.title,
    style: brief.style.value,
    seed: brief.seed.value,
    composerVersion: COMPOSER_VERSION,
    ppq: PPQ,
    tempos: [{ tick: 0, milliBpm: brief.tempoMilliBpm.value }],
    meters: [{ tick: 0, numerator, denominator }],
    keys: [{ tick: 0, tonic, mode }],
    sections: plan.sections.map((section) => ({ ...section })),
    chords: [],
    tracks: plan.tracks.map(({ id, name, role, instrument }) => ({
      id,
      name,
      role,
      instrument,
      notes: [],
      controls: [],
      mix: { gainCentibels: 0, pan: 0, reverbSend: 0, delaySend: 0, chorusSend: 0, muted: false },
    })),
    master: { loudnessCentiLufs: -1400, truePeakCentiDb: -100, fadeOutTicks: 0 },
  };
}
