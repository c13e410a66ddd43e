import type { Brief } from '../brief/brief';
import type { Plan } from '../plan/plan';
import { demandedKey, demandedTempo, sectionDemand } from '../plan/section-demands';
import { PPQ, type KeyChange, type Meter, type Score, type Tempo } from '../score/score';
import { barLengthTicks } from '../score/timeline';
import { COMPOSER_VERSION } from './composer-version';

/** The Score before any agent has worked: form, tempo, meter and key (with those of single sections), and the plan's tracks without notes. */
export function emptyScore(brief: Brief, plan: Plan): Score {
  const meters: Meter[] = [];
  const tempos: Tempo[] = [];
  const keys: KeyChange[] = [];
  let tick = 0;
  for (const section of plan.sections) {
    const { numerator, denominator } = sectionDemand(brief, plan, section).meter ?? brief.meter.value;
    const { tonic, mode } = demandedKey(brief, plan, section);
    const milliBpm = demandedTempo(brief, plan, section);
    const [meter, tempo, key] = [meters.at(-1), tempos.at(-1), keys.at(-1)];
    if (meter?.numerator !== numerator || meter.denominator !== denominator)
      meters.push({ tick, numerator, denominator });
    if (tempo?.milliBpm !== milliBpm) tempos.push({ tick, milliBpm });
    if (key?.tonic !== tonic || key.mode !== mode) keys.push({ tick, tonic, mode });
    tick += section.bars * barLengthTicks({ numerator, denominator });
  }
  return {
    title: plan.title,
    style: brief.style.value,
    seed: brief.seed.value,
    composerVersion: COMPOSER_VERSION,
    ppq: PPQ,
    tempos,
    meters,
    keys,
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
