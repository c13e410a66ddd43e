import type { Client } from 'pg';
import { deathsOf, MAX_DEATHS, type OwnBlows, unexplainedDeaths } from './check-deaths';
import { grouped } from './grouped';
import { isFinal, type JobState, MAY_FOLLOW } from './job-states';
import type { JobRecord } from './job-life';
import type { Violation } from './violation';

interface JobRow {
  id: string;
  owner: string;
  request_id: string | null;
  state: JobState;
  revision: number;
  last_event_seq: number;
  error_reason: string | null;
  error_message: string | null;
  worker_death_notes: string[];
  revisions: number;
}

interface EventRow {
  job_id: string;
  seq: number;
  state: JobState;
  stage: string;
  percent: number;
  detail: string;
  fencing_number: number | null;
  /** In milliseconds since 1970. */
  time: number;
}

/** What the clients know, against what the database knows. */
export async function checkJobs(db: Client, records: readonly JobRecord[], blows: OwnBlows): Promise<Violation[]> {
  const { rows: jobs } = await db.query<JobRow>(`
    SELECT jobs.id, jobs.owner, request_id, state, revision, last_event_seq::int, error_reason, error_message,
      worker_death_notes, (SELECT count(*)::int FROM revisions WHERE revisions.job_id = jobs.id) AS revisions
    FROM jobs LEFT JOIN request_ids ON request_ids.job_id = jobs.id`);
  const { rows: events } = await db.query<EventRow>(`
    SELECT job_id, seq::int, state, stage, percent, detail, fencing_number::int,
      extract(epoch FROM time)::float8 * 1000 AS time
    FROM job_events ORDER BY job_id, seq`);
  const { rows: torn } = await db.query<{ song_id: string }>(`
    SELECT song_id FROM revisions GROUP BY song_id HAVING count(*) <> max(number)`);
  const eventsOf = grouped(events, ({ job_id }) => job_id);
  const byId = new Map(jobs.map((job) => [job.id, job]));
  return [
    ...records.flatMap((record) => checkRecord(record, byId, eventsOf)),
    ...jobs.flatMap((job) => [
      ...checkJob(job, records),
      ...checkEvents(job, eventsOf.get(job.id) ?? []),
      ...checkDeaths(job, eventsOf.get(job.id) ?? [], blows),
    ]),
    ...torn.map(({ song_id }) => ({ check: 'doubled' as const, what: `revisions of song ${song_id} have gaps` })),
  ];
}

function checkRecord(record: JobRecord, byId: Map<string, JobRow>, eventsOf: Map<string, EventRow[]>): Violation[] {
  const violations: Violation[] = record.wrongs.map((what) => ({ check: 'client', what }));
  const ids = [...new Set(record.accepted.map(({ jobId }) => jobId))];
  if (ids.length > 1) violations.push({ check: 'doubled', what: `${record.key} became jobs ${ids.join(' and ')}` });
  const [id] = ids;
  if (id === undefined) return violations;
  const job = byId.get(id);
  const last = record.events.at(-1);
  if (!job) return [...violations, { check: 'lost', what: `job ${id} was accepted and is not there` }];
  if (!last || !isFinal(last.state)) {
    violations.push({ check: 'lost', what: `job ${id} is ${job.state}; its client saw ${last?.state ?? 'nothing'}` });
  } else if (last.state !== job.state) {
    violations.push({ check: 'events', what: `job ${id} is ${job.state}, and its client saw it end as ${last.state}` });
  }
  if (job.state === 'cancelled' && !record.cancelAsked) {
    violations.push({ check: 'lost', what: `job ${id} was cancelled, and nobody asked for it` });
  }
  const told = (eventsOf.get(id) ?? []).map(({ seq, state, stage, percent }) => `${seq} ${state} ${stage} ${percent}`);
  record.events.forEach(({ seq, state, stage, percent }, index) => {
    const seen = `${seq} ${state} ${stage} ${percent}`;
    if (seen !== told[index]) {
      violations.push({
        check: 'events',
        what: `job ${id}: its client saw "${seen}", the database says "${told[index]}"`,
      });
    }
  });
  return violations;
}

function checkJob(job: JobRow, records: readonly JobRecord[]): Violation[] {
  const violations: Violation[] = [];
  if (!isFinal(job.state)) violations.push({ check: 'lost', what: `job ${job.id} is ${job.state} for ever` });
  if (job.revisions !== (job.state === 'succeeded' ? 1 : 0)) {
    violations.push({ check: 'doubled', what: `job ${job.id} is ${job.state} and made ${job.revisions} revisions` });
  }
  if (job.state === 'failed' && job.error_reason !== 'WORKER_DIED') {
    violations.push({ check: 'lost', what: `job ${job.id} failed: ${job.error_reason} ${job.error_message}` });
  }
  const asked = records.filter(({ key, owner }) => key === job.request_id && owner === job.owner);
  if (asked.length !== 1) {
    violations.push({
      check: 'doubled',
      what: `job ${job.id} was asked for ${asked.length} times (${job.request_id})`,
    });
  }
  return violations;
}

function checkEvents(job: JobRow, events: readonly EventRow[]): Violation[] {
  const violations: Violation[] = [];
  const wrong = (check: Violation['check'], what: string) => violations.push({ check, what: `job ${job.id}: ${what}` });
  if (events.length !== job.last_event_seq) wrong('events', `${events.length} events of ${job.last_event_seq}`);
  let claim = 0;
  events.forEach(({ seq, state, fencing_number }, index) => {
    const before = events[index - 1]?.state;
    if (seq !== index + 1) wrong('events', `event ${seq} in place of ${index + 1}`);
    if (before !== undefined && state !== before && !MAY_FOLLOW[before].includes(state)) {
      wrong('fencing', `event ${seq} goes from ${before} to ${state}`);
    }
    if (fencing_number === null) return;
    if (fencing_number < claim)
      wrong('fencing', `event ${seq} is told by claim ${fencing_number}, after claim ${claim}`);
    claim = Math.max(claim, fencing_number);
  });
  return violations;
}

/** Only what we killed, paused or cut off may be held for dead, and only three such deaths fail a job. */
function checkDeaths(job: JobRow, events: readonly EventRow[], blows: OwnBlows): Violation[] {
  const deaths = deathsOf(events);
  const unexplained = unexplainedDeaths(deaths, blows);
  const violations: Violation[] = unexplained.map(({ seq, who }) => ({
    check: 'heartbeats',
    what: `job ${job.id}, event ${seq}: ${typeof who === 'number' ? `process ${who}` : who} was alive: ${events.find((event) => event.seq === seq)?.detail}`,
  }));
  const explained = deaths.length - unexplained.length;
  if (job.state === 'failed' && job.error_reason === 'WORKER_DIED' && explained < MAX_DEATHS) {
    violations.push({
      check: 'lost',
      what: `job ${job.id} failed after ${explained} deaths by our hand: ${job.error_message}`,
    });
  }
  return violations;
}
