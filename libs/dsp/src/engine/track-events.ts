import { Score, secondsAt, Track } from '@beatbot/music/score';

/** What happens at a frame of a track. `controller` -1 is the pitch wheel, with 0 to 16383. */
export type TrackEvent = { frame: number } & (
  | { kind: 'note-off'; pitch: number }
  | { kind: 'control'; controller: number; value: number }
  | { kind: 'note-on'; pitch: number; velocity: number }
);

const ORDER = { 'note-off': 0, control: 1, 'note-on': 2 } as const;
const PITCH_WHEEL_CENTRE = 8192;

/** A track as events in the order in which they are to be played: where several fall on a frame, notes end before controllers move and new ones begin. */
export function trackEvents(
  track: Pick<Track, 'notes' | 'controls'>,
  tempos: Score['tempos'],
  sampleRate: number,
): TrackEvent[] {
  const seconds = secondsAt({ tempos });
  const frameAt = (tick: number): number => Math.round(seconds(tick) * sampleRate);
  const events: TrackEvent[] = [];
  for (const { tick, controller, value } of track.controls)
    events.push({
      frame: frameAt(tick),
      kind: 'control',
      controller,
      value: controller === -1 ? value + PITCH_WHEEL_CENTRE : value,
    });
  for (const { startTick, durationTicks, pitch, velocity } of track.notes) {
    const frame = frameAt(startTick);
    // A note must sound for a frame at least, or its end would come before its beginning.
    events.push(
      { frame, kind: 'note-on', pitch, velocity },
      { frame: Math.max(frame + 1, frameAt(startTick + durationTicks)), kind: 'note-off', pitch },
    );
  }
  return events.sort((a, b) => a.frame - b.frame || ORDER[a.kind] - ORDER[b.kind]);
}
