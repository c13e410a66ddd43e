import type { ScoreCache } from '../../src/composition/score-cache';
import type { ScoreBytes } from '../../src/workshop/tasks';

/** A cache in memory that forgets when it is told to. */
export class MemoryScoreCache implements ScoreCache {
  private readonly scores = new Map<string, Uint8Array>();
  private readonly results = new Map<string, string>();

  score(hash: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.scores.get(hash));
  }

  keepScore({ hash, bytes }: ScoreBytes): Promise<void> {
    this.scores.set(hash, bytes);
    return Promise.resolve();
  }

  result<T>(key: string): Promise<T | undefined> {
    const text = this.results.get(key);
    return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as T));
  }

  keep(key: string, value: unknown): Promise<void> {
    this.results.set(key, JSON.stringify(value));
    return Promise.resolve();
  }

  forget(): void {
    this.scores.clear();
    this.results.clear();
  }
}
