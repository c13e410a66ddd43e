import { setTimeout as sleep } from 'node:timers/promises';
import {
  ComposeRequest,
  ComposeResult,
  InterpretRequest,
  ReviseScoreRequest,
} from '@beatbot/contracts/composer/v1/composer';
import { Brief, Plan, Provenance } from '@beatbot/contracts/music/v1/brief';
import { Asset, AssetKind, Revision } from '@beatbot/contracts/music/v1/song';
import { RenderAssetsRequest, RenderAssetsResult } from '@beatbot/contracts/renderer/v1/renderer';
import { CallOptions, DomainError } from '@beatbot/service-kit';
import { Mode } from '@beatbot/contracts/music/v1/score';
import { Composer, OnAgent } from '../../src/production/composer';
import { OnRender, Renderer } from '../../src/production/renderer';
import { SongLibrary } from '../../src/production/song-library';

/** What a fake service does next instead of its work: fail, or hold until it is let go. */
class Script {
  readonly calls: string[] = [];
  private readonly times: number[] = [];
  private readonly failures = new Map<string, DomainError[]>();
  private held?: { method: string; go: Promise<void> };

  fail(method: string, ...errors: DomainError[]): void {
    this.failures.set(method, errors);
  }

  /** From now on `method` stands still until the returned function is called or its call is cancelled. */
  hold(method: string): () => void {
    let release: () => void = () => undefined;
    this.held = { method, go: new Promise((resolve) => (release = resolve)) };
    return () => {
      this.held = undefined;
      release();
    };
  }

  async enter(method: string, call: CallOptions): Promise<void> {
    this.calls.push(method);
    this.times.push(performance.now());
    if (this.held?.method === method) await Promise.race([this.held.go, aborted(call.signal)]);
    const failure = this.failures.get(method)?.shift();
    if (failure) throw failure;
    call.signal?.throwIfAborted();
  }

  count(method: string): number {
    return this.timesOf(method).length;
  }

  /** When it was called, by the clock of performance.now(). */
  timesOf(method: string): number[] {
    return this.times.filter((_, index) => this.calls[index] === method);
  }
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(new DomainError('CANCELLED', 'the call was cancelled'));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}

export class FakeComposer implements Composer {
  readonly script = new Script();

  async interpret({ prompt }: InterpretRequest, call: CallOptions): Promise<Brief> {
    await this.script.enter('interpret', call);
    if (prompt.includes('5000 bpm')) {
      const fields = [{ field: 'tempo', value: 5000, allowed: '20 to 400' }];
      throw new DomainError('INVALID_ARGUMENT', 'tempo 5000 is not allowed: 20 to 400', { fields });
    }
    return briefOf(prompt);
  }

  async producePlan(brief: Brief, call: CallOptions): Promise<Plan> {
    await this.script.enter('producePlan', call);
    return { title: `Plan of ${brief.prompt}`, sections: [], tracks: [] };
  }

  async compose({ brief, plan }: ComposeRequest, onAgent: OnAgent, call: CallOptions): Promise<ComposeResult> {
    await this.script.enter('compose', call);
    for (const [index, agent] of ['harmony', 'rhythm', 'critic'].entries()) {
      await onAgent({ agent, percent: 30 * (index + 1), detail: `${agent} at work` });
      await sleep(2);
      call.signal?.throwIfAborted();
    }
    return composed('scores/one.json', brief, plan);
  }

  async revise(
    { scoreKey, brief, plan, edits, instruction }: ReviseScoreRequest,
    onAgent: OnAgent,
    call: CallOptions,
  ): Promise<ComposeResult> {
    await this.script.enter('revise', call);
    await onAgent({ agent: 'arranger', percent: 50, detail: 'revises' });
    // Without edits the Score stays as it is; a sentence is taken for one edit.
    if (instruction !== '')
      return { ...composed(`${scoreKey}.revised`, brief, plan), edits: [{ setTempo: { tempoBpm: 90 } }] };
    return composed(edits.length > 0 ? `${scoreKey}.revised` : scoreKey, brief, plan);
  }
}

export class FakeRenderer implements Renderer {
  readonly script = new Script();
  readonly requests: RenderAssetsRequest[] = [];

  async renderAssets(request: RenderAssetsRequest, onRender: OnRender, call: CallOptions): Promise<RenderAssetsResult> {
    this.requests.push(request);
    await onRender({ percent: 10, detail: 'bass' });
    await this.script.enter('renderAssets', call);
    await onRender({ percent: 90, detail: 'master' });
    return {
      assets: [
        ...request.formats.map((format) => asset(`mix.${format}`, AssetKind.ASSET_KIND_MIX, format)),
        asset(`stems/bass.${request.stemFormat}`, AssetKind.ASSET_KIND_STEM, request.stemFormat),
        asset('peaks.json', AssetKind.ASSET_KIND_PEAKS, 'json'),
      ],
      demands: [demand('loudness')],
      measures: [{ name: 'true-peak', value: -1.2, unit: 'dBTP' }],
    };
  }
}

export class FakeLibrary implements SongLibrary {
  readonly script = new Script();
  readonly objects = new Map<string, Buffer>();
  readonly revisions = new Map<string, Revision>();

  async getRevision(songId: string, number: number, call: CallOptions): Promise<Revision> {
    await this.script.enter('getRevision', call);
    const found = [...this.revisions.values()].filter((revision) => revision.songId === songId);
    const revision = number === 0 ? found.at(-1) : found.find((one) => one.number === number);
    if (!revision) throw new DomainError('NOT_FOUND', `song ${songId} has no revision ${number}`);
    return revision;
  }

  async putObject({ key, bytes }: { key: string; bytes: Buffer }, call: CallOptions): Promise<void> {
    await this.script.enter('putObject', call);
    this.objects.set(key, bytes);
  }
}

export function briefOf(prompt: string): Brief {
  const field = <T>(value: T) => ({ value, provenance: Provenance.PROVENANCE_DEFAULT, spans: [] });
  return {
    prompt,
    title: field('Untitled'),
    style: field('lo-fi-hip-hop'),
    blend: field([]),
    moods: field([]),
    key: field({ tonic: 'D', mode: Mode.MODE_MINOR }),
    tempoMilliBpm: field(82_000),
    meter: field({ numerator: 4, denominator: 4 }),
    swingPercent: field(58),
    bars: field(32),
    form: field([]),
    instruments: field([]),
    excluded: field([]),
    progression: field([]),
    intensity: field(50),
    loop: field(false),
    seed: field(1),
    notUnderstood: [],
    contradictions: [],
  };
}

export function asset(name: string, kind: AssetKind, format: string): Asset {
  return { name, kind, format, trackId: '', objectKey: `objects/${name}`, contentType: '', size: 1, sha256: '' };
}

function demand(name: string) {
  const source = Provenance.PROVENANCE_DEFAULT;
  return { demand: name, source, asked: 'this', measured: 'this', how: 'by ear', met: true };
}

export function composed(scoreKey: string, brief: Brief | undefined, plan: Plan | undefined): ComposeResult {
  return {
    scoreKey,
    scoreHash: 'a'.repeat(64),
    brief,
    plan,
    receipt: { demands: [demand('key')], measures: [], repairs: [], notUnderstood: [], remarks: [] },
    assets: [
      asset('score.json', AssetKind.ASSET_KIND_SCORE, 'json'),
      asset('song.mid', AssetKind.ASSET_KIND_MIDI, 'midi'),
      asset('song.musicxml', AssetKind.ASSET_KIND_MUSICXML, 'musicxml'),
    ],
    trackHashes: { bass: 'b'.repeat(64) },
    sectionHashes: { a: 'c'.repeat(64) },
    durationMs: 60_000,
    edits: [],
  };
}
