import type { ChaosOutcome } from './chaos-run';
import type { FaultKind } from './fault-schedule';
import { grouped } from './grouped';
import type { JobRecord } from './job-life';
import { CHECKS, type Check } from './violation';

const SAMPLES = 5;

/** Counts of jobs, faults and violations, and the time from the end of each fault to the next song that was finished. */
export function report({ records, faults, violations, warnings }: ChaosOutcome): string {
  const jobs = records.filter(({ accepted }) => accepted.length > 0);
  const ended = (state: string) => jobs.filter(({ events }) => events.at(-1)?.state === state).length;
  const lines = [
    `${jobs.length} jobs: ${ended('succeeded')} succeeded, ${ended('cancelled')} cancelled, ${ended('failed')} failed; ` +
      `${jobs.reduce((sum, { events }) => sum + events.length, 0)} events seen, ${warnings} warnings logged`,
    '',
    '| fault | times | next song after p50 s | p95 s | max s |',
    '| --- | --- | --- | --- | --- |',
  ];
  const finishes = finishTimes(records);
  const byKind = grouped(faults, ({ kind }) => kind);
  for (const [kind, past] of [...byKind].sort(([one], [other]) => one.localeCompare(other))) {
    const seconds = past.flatMap(({ endedAt }) => recovery(endedAt, finishes)).sort((a, b) => a - b);
    const at = (share: number) => (seconds[Math.ceil(share * seconds.length) - 1] ?? NaN).toFixed(1);
    lines.push(`| ${kind satisfies FaultKind} | ${past.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`);
  }
  lines.push('', '| check | violations |', '| --- | --- |');
  const byCheck = grouped(violations, ({ check }) => check);
  for (const [check, meaning] of Object.entries(CHECKS) as [Check, string][]) {
    lines.push(`| ${check}: ${meaning} | ${byCheck.get(check)?.length ?? 0} |`);
  }
  for (const [check, list] of byCheck) {
    lines.push('', `${check}:`, ...list.slice(0, SAMPLES).map(({ what }) => `  ${what.split('\n', 2).join(' ')}`));
  }
  lines.push('', `${Object.keys(CHECKS).length - byCheck.size} passed, ${byCheck.size} failed`);
  return lines.join('\n');
}

function finishTimes(records: readonly JobRecord[]): number[] {
  return records
    .flatMap(({ events }) => events.filter(({ state }) => state === 'succeeded').map(({ seenAt }) => seenAt))
    .sort((one, other) => one - other);
}

/** Nothing where no song was left to finish. */
function recovery(endedAt: number, finishes: readonly number[]): number[] {
  const next = finishes.find((time) => time >= endedAt);
  return next === undefined ? [] : [(next - endedAt) / 1000];
}
