import type { Revision, Song } from '../api-types';

/** `"Rain on Rhodes" · lo-fi-hip-hop · D minor · 82 bpm · 1:34` */
export function revisionLine(song: Song, revision: Revision): string {
  const { brief, durationMs } = revision;
  const parts = [`"${song.title}"`, song.style];
  if (brief) parts.push(`${brief.key.value.tonic} ${brief.key.value.mode}`, `${brief.tempoMilliBpm.value / 1000} bpm`);
  return [...parts, clock(durationMs)].filter((part) => part !== '').join(' · ');
}

/** Minutes and seconds. */
export function clock(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
