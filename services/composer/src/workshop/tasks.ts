import { createHash } from 'node:crypto';
import {
  type AgentName,
  AGENTS,
  applyEdits,
  type Brief,
  canonicalBytes,
  type Controls,
  criticise,
  durationSeconds,
  type EditInput,
  emptyScore,
  type Fault,
  followInstruction,
  interpretPrompt,
  noteReceipt,
  parseScore,
  type Plan,
  producePlan,
  type Receipt,
  type Repair,
  type Score,
  scoreQuality,
  sectionHash,
  trackHash,
  writeMidi,
  writeMusicXml,
} from '@beatbot/music';

/** A Score as bytes of JSON, and their SHA-256 in hexadecimal: what travels between threads, caches and graph states. */
export interface ScoreBytes {
  hash: string;
  bytes: Uint8Array;
}

export interface AgentTask {
  agent: AgentName;
  brief: Brief;
  plan: Plan;
  attempt: number;
  /** The Score so far; absent before the first agent. */
  score?: Uint8Array;
}

export interface ReviewTask {
  brief: Brief;
  plan: Plan;
  score: Uint8Array;
}

export interface ReviseTask extends ReviewTask {
  edits: EditInput[];
  /** In the place of edits; empty where there is none. */
  instruction: string;
}

/** A changed Score with what was done, and what of a sentence was not. */
export interface RevisedScore extends ScoreBytes {
  brief: Brief;
  plan: Plan;
  edits: EditInput[];
  notUnderstood: string[];
  notDone: string[];
}

/** Everything that is made from a finished Score without sound. */
export interface FinishedScore extends ScoreBytes {
  receipt: Receipt;
  midi: Uint8Array;
  musicXml: Uint8Array;
  trackHashes: Record<string, string>;
  sectionHashes: Record<string, string>;
  durationMs: number;
}

/** The pure functions of @beatbot/music, on bytes: what a worker thread can be asked for. */
export const TASKS = {
  interpret({ prompt, ...options }: { prompt: string; controls: Controls; seed?: number }): Brief {
    return interpretPrompt(prompt, options);
  },

  plan({ brief }: { brief: Brief }): Plan {
    return producePlan(brief);
  },

  /** One agent's work. @throws InputError for a Brief or plan that cannot be composed */
  agent({ agent, brief, plan, attempt, score }: AgentTask): ScoreBytes {
    const before = score ? trusted(score) : emptyScore(brief, plan);
    return sealed(Buffer.from(JSON.stringify(AGENTS[agent]({ brief, plan, score: before, attempt }))));
  },

  criticise({ brief, plan, score }: ReviewTask): Fault[] {
    return criticise(brief, plan, trusted(score));
  },

  quality({ brief, plan, score }: ReviewTask): number {
    return scoreQuality(brief, plan, trusted(score));
  },

  /**
   * The song changed by edits or by a sentence; as it is where there is neither.
   * @throws InputError for a Score, Brief, edit or instruction that is not allowed
   */
  revise({ brief, plan, score, edits, instruction }: ReviseTask): RevisedScore {
    const before = { brief, plan, score: parseScore(score) };
    const { state, ...followed } =
      instruction === ''
        ? { state: edits.length > 0 ? applyEdits(before, edits) : before, edits, notUnderstood: [], notDone: [] }
        : followInstruction(before, instruction);
    return { ...sealed(canonicalBytes(state.score)), brief: state.brief, plan: state.plan, ...followed };
  },

  finish({ brief, score: bytes, repairs }: { brief: Brief; score: Uint8Array; repairs: Repair[] }): FinishedScore {
    const score = trusted(bytes);
    return {
      ...sealed(canonicalBytes(score)),
      receipt: noteReceipt(brief, score, repairs),
      midi: writeMidi(score),
      musicXml: Buffer.from(writeMusicXml(score)),
      trackHashes: Object.fromEntries(score.tracks.map((track) => [track.id, trackHash(track)])),
      sectionHashes: Object.fromEntries(score.sections.map((section) => [section.id, sectionHash(score, section)])),
      durationMs: Math.round(durationSeconds(score) * 1000),
    };
  },
};

export type Tasks = typeof TASKS;
export type TaskName = keyof Tasks;
export type TaskInput<Name extends TaskName> = Parameters<Tasks[Name]>[0];
export type TaskOutput<Name extends TaskName> = ReturnType<Tasks[Name]>;

/** What agents of this process wrote needs no second check. */
function trusted(bytes: Uint8Array): Score {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as Score;
}

function sealed(bytes: Uint8Array): ScoreBytes {
  return { hash: createHash('sha256').update(bytes).digest('hex'), bytes };
}
