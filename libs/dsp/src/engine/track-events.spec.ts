import { trackEvents } from './track-events';

const TEMPOS = [
  { tick: 0, milliBpm: 120_000 },
  { tick: 960, milliBpm: 60_000 },
];

describe('trackEvents', () => {
  it('places events on frames through tempo changes', () => {
    const events = trackEvents(
      { notes: [{ startTick: 480, durationTicks: 960, pitch: 60, velocity: 80 }], controls: [] },
      TEMPOS,
      48_000,
    );
    expect(events).toEqual([
      { frame: 24_000, kind: 'note-on', pitch: 60, velocity: 80 },
      { frame: 96_000, kind: 'note-off', pitch: 60 },
    ]);
  });

  it('ends a note before it begins again, and moves controllers in between', () => {
    const events = trackEvents(
      {
        notes: [
          { startTick: 0, durationTicks: 480, pitch: 60, velocity: 80 },
          { startTick: 480, durationTicks: 480, pitch: 60, velocity: 90 },
        ],
        controls: [{ tick: 480, controller: -1, value: -8192 }],
      },
      TEMPOS,
      44_100,
    );
    expect(events.map((event) => event.kind)).toEqual(['note-on', 'note-off', 'control', 'note-on', 'note-off']);
    expect(events[2]).toEqual({ frame: 22_050, kind: 'control', controller: -1, value: 0 });
  });

  it('lets the shortest note sound for a frame', () => {
    const [on, off] = trackEvents(
      { notes: [{ startTick: 0, durationTicks: 0, pitch: 36, velocity: 1 }], controls: [] },
      TEMPOS,
      44_100,
    );
    expect([on!.frame, off!.frame]).toEqual([0, 1]);
  });
});
