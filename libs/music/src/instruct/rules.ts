import type { Amount, Entities, Intent, Rework, Side, TrackAction } from './intent';

interface Context {
  amount: Amount;
  match: RegExpExecArray;
  /** What the clause before asked for: "mute the drums, and the bass". */
  before: Intent | undefined;
}
type Rule = readonly [pattern: RegExp, make: (entities: Entities, context: Context) => Intent | undefined];

/** The factor of "slower" and "faster". */
const PACE: Readonly<Record<Amount, number>> = { little: 0.95, usual: 0.9, much: 0.8 };
/** What "louder" and "quieter" change, in decibels. */
const GAIN_DB: Readonly<Record<Amount, number>> = { little: 1.5, usual: 3, much: 6 };
const MAKE = '(?:make|turn|set|change|switch|put|move|take|bring|convert|go|play|arrange|get|keep|render)';
const REMOVE =
  '(?:remove|drop|delete|take out|take away|take off|lose|cut|cut out|kill|get rid|leave out|without|no|strip|strip out|omit|ditch|no more|scrap|erase|eliminate|pull|pull out|skip)';
const ADD = '(?:add|bring in|include|layer|layer in|introduce|throw in|put in|give|give it|give me|engage|with|more)';
const BIGGER =
  '(?:bigger|fuller|busier|denser|heavier|stronger|more intense|more energetic|more powerful|more exciting|huge|massive|more energy|richer|thicker|more dramatic|hit harder|louder)';
const SMALLER =
  '(?:simpler|sparser|smaller|calmer|plainer|less busy|more minimal|minimal|lighter|thinner|less dense|less intense|emptier|quieter|softer|gentler|more sparse|stripped back|stripped down|less energy|more simple)';
const HUMAN = '(?:more human|less robotic|looser|more natural|more live|human|less mechanical|less stiff)';
const NEW =
  '(?:regenerate|redo|rewrite|recompose|reroll|re roll|re do|re write|another|new|different|change|vary|compose new|write new|write another|try another|try different|give another|give me another|something different for|something else for|retry|replace with new|come up with new|fresh)';
const IT = '(?:it|key|tempo|meter|metre|time signature|style|genre)';

/**
 * What clauses mean. Patterns match the whole clause, so that no word is passed over; capitals stand for what was
 * recognised before (see Item).
 */
export const RULES: readonly Rule[] = [
  [/^(?:undo|undo it|undo last change|revert|revert it|revert last change|go back|take it back|take back|previous version|back previous version|go back previous version|undo last edit)$/, () => ({ kind: 'undo' })],
  // Title
  [/^(?:call it|name it|call|name|rename|rename it|retitle|retitle it|title|title :|change title|set title|change title :) Q$/, ({ titles: [title] }) => title === undefined ? undefined : { kind: 'title', title }],
  // Pitch
  [/^(?:transpose|shift|move|pitch|bring|take|put|raise|lower|drop)?(?: it| key)? ?(up|higher|down|lower) I$/, ({ intervals }, { match }) => moved(intervals, match[1])],
  [/^(?:make it |transpose it |transpose )?I (up|higher|down|lower)$/, ({ intervals }, { match }) => moved(intervals, match[1])],
  [/^(raise|lower)(?: it| key)? I$/, ({ intervals }, { match }) => moved(intervals, match[1])],
  [/^transpose(?: it)? (-|−)?I$/, ({ intervals }, { match }) => moved(intervals, match[1] ? 'down' : 'up')],
  [new RegExp(`^(?:${MAKE}|modulate|transpose)?(?: ${IT})?(?: key)?(?: ?in| ?into)? ?K(?: instead)?$`), ({ keys: [key] }) => key && { kind: 'key', key }],
  // Time
  [/^(?:make it |play it |go |take it )?(slower|faster|quicker)$/, (_, { match, amount }) => ({ kind: 'tempo', factor: pace(match[1], amount) })],
  [/^(speed|slow)(?: it)? ?(?:up|down)(?: it)?$|^slow it$/, (_, { match, amount }) => ({ kind: 'tempo', factor: pace(match[1] === 'speed' ? 'faster' : 'slower', amount) })],
  [/^(?:make it |play it |go )?[ND] (?:percent|%) (slower|faster|quicker)$|^(?:make it |play it |go )?(slower|faster|quicker) [ND] (?:percent|%)$|^(slow|speed)(?: it)? (?:down|up) [ND] (?:percent|%)$/, ({ numbers: [n = 0] }, { match }) => ({ kind: 'tempo', factor: 1 + (isFaster(match) ? n : -n) / 100 })],
  [/^(?:make it |play it |go )?N (?:bpm )?(slower|faster|quicker)$|^(?:make it |play it |go )?(slower|faster|quicker) [ND](?: bpm)?$|^(slow|speed)(?: it)? (?:down|up) D(?: bpm)?$|^(raise|lower|increase|decrease) tempo D(?: bpm)?$/, ({ numbers: [n = 0] }, { match }) => ({ kind: 'tempo', byBpm: isFaster(match) ? n : -n })],
  [new RegExp(`^(?:${MAKE}|raise|lower|increase|decrease|slow|speed)?(?: it)?(?: up| down)? ?(?:tempo|bpm|speed)?(?: :| =)? ?N bpm$`), ({ numbers: [bpm] }) => ({ kind: 'tempo', bpm })],
  [/^(?:set |change |make |put |raise |lower |increase |decrease )?(?:tempo|bpm|speed)(?: :| =)? N(?: bpm)?$/, ({ numbers: [bpm] }) => ({ kind: 'tempo', bpm })],
  [/^(?:double (?:tempo|speed)|(?:make it |play it )?twice as fast|(?:make it |play it )?double speed)$/, () => ({ kind: 'tempo', factor: 2 })],
  [/^(?:(?:half|halve) (?:tempo|speed)|(?:make it |play it )?half as fast|(?:make it |play it )?half speed)$/, () => ({ kind: 'tempo', factor: 0.5 })],
  [new RegExp(`^(?:${MAKE}|add)?(?: ${IT})?(?: time signature| meter| metre)?(?: ?in| ?into| ?as)? ?M(?: time| instead)?$`), ({ meters: [meter] }) => meter && { kind: 'meter', meter }],
  [new RegExp(`^(?:${MAKE}|add|give|use|with)?(?: it| drums)?(?: more)?(?: ?in)? ?(?:more )?F(?: it)?(?: out)?(?: rhythm| T)?(?: feel| groove)?$`), ({ feels: [feel], tracks }) => feel && tracks.length === 0 ? { kind: 'feel', feel } : undefined],
  // Style
  [new RegExp(`^(?:${MAKE}|try)?(?: it| style| genre)?(?: ?in| ?into| ?as| ?more)?(?: style| genre)? ?S(?: style| version| song| track| instead| arrangement| feel)?$`), ({ styles: [style] }) => style === undefined ? undefined : { kind: 'style', style }],
  // Chords
  [/^(?:reharmonise|reharmonize|reharm|re harmonise|re harmonize)(?: it)?(?: P)?$/, ({ places }) => ({ kind: 'reharmonise', ...onlyPlaces(places) })],
  [/^(?:new|different|other|change|try other|try different|use other|use different|more interesting|change up|give other|give different|give new|write new|use new|try new) (?:T|chord|harmony|harmonies|chord progression|T progression|progression)(?: (?:in|for))?(?: P)?$/, ({ tracks: [words], places }) => words?.some(({ asked }) => !/^chords?$/i.test(asked)) ? undefined : { kind: 'reharmonise', ...onlyPlaces(places) }],
  // Tracks for tracks
  [/^(?:swap|swap out|replace|change|switch|exchange|trade|substitute|turn|make) T(?: for| with| into| out for)? T$/, ({ tracks: [tracks, by] }) => tracks && by && { kind: 'replace', tracks, by }],
  [/^(?:play|put|do|have|give|move) T(?: played)? (?:on|with|in|over) T$|^give T T$|^T (?:on|with) T instead$|^have T played (?:on|with) T$/, ({ tracks: [tracks, by] }) => tracks && by && { kind: 'replace', tracks, by }],
  [/^(?:use |play |take |put |have |make it )?T (?:instead|in place|rather than|instead for) T$/, ({ tracks: [by, tracks] }) => tracks && by && { kind: 'replace', tracks, by }],
  [/^T (?:plays|play|takes|carries) T$/, ({ tracks: [by, tracks] }) => tracks && by && { kind: 'replace', tracks, by }],
  // Mix
  [/^(?:make |turn |bring |take )?T (louder|up|quieter|softer|down|lower)$|^(?:turn|bring|take) (up|down) T$|^(louder|quieter|softer|more|less|raise|lower|boost|reduce) T$|^(?:make )?T (?:more (?:prominent|present)|(?:less (?:prominent|present)))$/, ({ tracks: [tracks] }, { match, amount }) => track(tracks, { do: 'gain', byDb: /louder|up|^more|raise|boost| more (?:prom|pres)/.test(match[0]) ? GAIN_DB[amount] : -GAIN_DB[amount] })],
  [/^(?:make |turn |bring |take )?T (louder|up|quieter|softer|down|lower) [ND] (?:db|decibels?|dbs)$|^(?:turn|bring|take) (up|down) T [ND] (?:db|decibels?)$|^(raise|lower|boost|reduce) T [ND] (?:db|decibels?)$|^(?:make )?T [ND] (?:db|decibels?) (louder|quieter|softer|up|down)$/, ({ tracks: [tracks], numbers: [n = 0] }, { match }) => track(tracks, { do: 'gain', byDb: /louder|\bup\b|raise|boost/.test(match[0]) ? n : -n })],
  [/^(?:pan|move|put|place|send|set) T(?: N(?: percent| %)?)?(?: hard| all| out)?(?: on| in)? (left|right|center|centre|middle)$/, ({ tracks: [tracks], numbers: [n] }, { match }) => tracks && { kind: 'track', tracks, action: { do: 'pan', to: panned(match[1], n, match[0]) } }],
  [/^(?:put |add |use |give |with |turn )?(?:T )?(more|less|no|add|without|remove|up|down)?(?: on| up| down)? ?(reverb|delay|echo)(?: (?:on|for|from|up|down))?(?: T| it)?$/, ({ tracks: [tracks] }, { match }) => sent(tracks, match)],
  [/^(?:make )?T (wetter|drier|dryer)$/, ({ tracks: [tracks] }, { match }) => tracks && send(tracks, 'reverbSend', match[1] === 'wetter' ? 'more' : 'less')],
  [/^(?:mute|silence|turn off|switch off|shut off|hush) T$|^T off$/, ({ tracks: [tracks] }) => track(tracks, { do: 'mute' })],
  [/^(?:unmute|turn on|switch on|turn back on|unsilence) T$|^turn T back on$|^T back on$/, ({ tracks: [tracks] }) => track(tracks, { do: 'unmute' })],
  // Working over
  [/^(?:humanise|humanize|loosen up|loosen)(?: T| P| it)?$/, (entities) => rework('humanise', entities)],
  [new RegExp(`^(?:make |play )?(?:T |P |it )?${HUMAN}$`), (entities) => rework('humanise', entities)],
  [/^(?:revoice|re voice|invert|new voicings for|different voicings? for|change voicings? for)(?: T| P| it)?(?: chords)?$|^(?:new|different|other|change) (?:T )?(?:voicing|voicings|inversion|inversions)(?: (?:on|for) (?:T|P))?$/, (entities) => rework('revoice', entities)],
  [/^(?:simplify|thin out|strip back|strip down|tone down|calm down|calm)(?: T| P| it)?$|^(?:thin|strip|tone|calm) (?:T|P|it) (?:out|back|down)$/, (entities) => rework('simplify', entities)],
  [new RegExp(`^(?:make |keep |play )?(?:T |P |it )?${SMALLER}(?: T| P| it)?$`), (entities) => rework('simplify', entities)],
  [/^(?:intensify|beef up|build up|pump up|amp up|spice up|fill out|boost|energise|energize)(?: T| P| it)?$|^(?:beef|pump|amp|spice|fill) (?:T|P|it) (?:up|out)$/, (entities) => rework('intensify', entities)],
  [new RegExp(`^(?:make |give |play )?(?:T |P |it )?${BIGGER}(?: T| P| it)?$`), (entities) => rework('intensify', entities)],
  // Form
  [/^(?:repeat|duplicate|copy|double)(?: P)(?: (?:once more|twice|once|N times|N more times|one more time))?$|^(?:play|do) P (?:twice|once more|N times|again|one more time)$|^repeat P again$|^(?:add |have |another |one more |add another |add one more )P$/, ({ places: [places], numbers: [n] }, { match }) => repeated(places, n, match[0])],
  [/^(?:extend|lengthen|stretch|shorten|trim|cut|cut down|reduce|truncate) P [BG]$|^(extend|lengthen|stretch|shorten|trim) P$/, ({ places: [places], bars: [n] }, { match }) => places && resized(places, n, match[0])],
  [/^(?:make |keep )?P (?:B long|B|last B)$/, ({ places: [places], bars: [bars] }) => places && { kind: 'resize', places, bars }],
  [/^(?:make )?P (?:B )?(longer|shorter)$|^(?:make )?P (longer|shorter) [BG]$|^(?:make )?P G (longer|shorter)$/, ({ places: [places], bars: [n] }, { match }) => places && sized(places, n, /longer/.test(match[0]))],
  [/^(?:make P |)(?:double|twice|half|halve)(?: as)?(?: length| long)?(?: P)?(?: length)?$/, ({ places: [places] }, { match }) => places && { kind: 'resize', places, factor: /half|halve/.test(match[0]) ? 0.5 : 2 }],
  [/^(?:add|insert|put in|put another|have|write|compose|include)(?: another| new| short| long)?(?: B)? P(?: (?:B|B long))? (after|before|between) P$/, ({ places: [section, beside], bars: [bars] }, { match }) => section && beside && { kind: 'insert', section, side: match[1] === 'before' ? 'before' : 'after', beside, ...(bars === undefined ? {} : { bars }) }],
  [/^(?:add|insert|put|put in|have|write|compose|include|give it|give)(?: another| new| short| long)?(?: B)? P(?: (?:B|B long))?(?: (?:in |on )?(end|beginning|start|front))?$/, ({ places: [section], bars: [bars] }, { match }) => section && inserted(section, bars, match[1])],
  [/^(?:move|put|place|shift|play) P (after|before) P$/, ({ places: [places, beside] }, { match }) => places && beside && { kind: 'move', places, side: match[1] as Side, beside }],
  [/^(?:move|put|place|shift|play) P (?:in |on )?(end|beginning|start|front|first|last)$/, ({ places: [places] }, { match }) => places && { kind: 'move', places, side: /end|last/.test(match[1] ?? '') ? 'end' : 'start' }],
  [new RegExp(`^${REMOVE} P$`), ({ places: [places] }) => places && { kind: 'removePlaces', places }],
  // Endings
  [/^(?:fade|fade it|add fade|with fade|put fade|give it fade)(?: out)?(?: over)?(?: B| lastbars| P)?(?: (?:at |on |in )?(?:end|ending))?$|^(?:end|finish)(?: it)? (?:with|on) fade(?: out)?$|^(?:fade out ending|add fade out end|fade out end)$/, ({ bars: [bars], places: [places] }) => faded(bars, places)],
  [new RegExp(`^(?:${REMOVE}) (?:fade|fade out|fadeout)$`), () => ({ kind: 'noFade' })],
  [/^(?:make |with |give it |add |use |give )?(?:ending )?(?:hard|abrupt|sudden|cold|clean|dead|tight|short)(?: ending| stop| end| cut)(?: end)?$|^(?:end|stop|finish)(?: it)? (?:hard|abruptly|suddenly|cold|dead|on hit|on a hit|with hit|with a bang|with bang)$|^(?:make )?(?:ending|end) (?:hard|abrupt|sudden|cold)$/, () => ({ kind: 'hardEnding' })],
  // Tracks
  [new RegExp(`^${NEW} (?:T|P|it)(?: (?:for|in))?(?: P)?$|^try (?:T|P|it)$|^(?:write|compose|generate|do|try) (?:T|P|it) (?:anew|differently|new|over|again)$`), (entities) => rework('regenerate', entities)],
  [/^(?:regenerate|redo|rewrite|recompose|reroll|try again|try differently|something else)(?: it)?$/, (entities) => rework('regenerate', entities)],
  [new RegExp(`^${ADD} T$|^bring T in$|^T (?:enters?|joins?|comes? in)$`), ({ tracks: [tracks] }) => track(tracks, { do: 'add' })],
  [new RegExp(`^${REMOVE} T$|^take T out$|^leave T out$|^cut T out$|^T out$|^strip T out$|^turn T off$`), ({ tracks: [tracks] }) => track(tracks, { do: 'remove' })],
  // What the clause before did, with another object.
  [/^T$/, ({ tracks: [tracks] }, { before }) => before?.kind === 'track' ? track(tracks, before.action) : before?.kind === 'rework' && before.tracks && tracks ? { kind: 'rework', how: before.how, tracks } : undefined],
  [/^P$/, ({ places: [places] }, { before }) => places && before?.kind === 'rework' && before.places ? { kind: 'rework', how: before.how, places } : places && before?.kind === 'removePlaces' ? { kind: 'removePlaces', places } : undefined],
]; // prettier-ignore

function moved([semitones]: readonly number[], way: string | undefined): Intent | undefined {
  if (semitones === undefined) return undefined;
  return { kind: 'transpose', semitones: /^(up|higher|raise)$/.test(way ?? '') ? semitones : -semitones };
}

function pace(word: string | undefined, amount: Amount): number {
  return word === 'slower' ? PACE[amount] : 1 / PACE[amount];
}

function isFaster(match: RegExpExecArray): boolean {
  return /faster|quicker|speed|raise|increase/.test(match[0]);
}

function panned(side: string | undefined, percent: number | undefined, text: string): number {
  if (/center|centre|middle/.test(side ?? '')) return 0;
  const width = percent ?? (/hard|all/.test(text) ? 100 : 50);
  return side === 'left' ? -width : width;
}

function send(
  tracks: Entities['tracks'][number] | undefined,
  which: 'reverbSend' | 'delaySend',
  change: 'more' | 'less' | 'none',
): Intent | undefined {
  return track(tracks ?? [EVERY_TRACK], { do: 'send', send: which, change });
}

const EVERY_TRACK = { asked: 'everything', all: true as const, role: 'lead' as const, means: [() => true] };

function sent(tracks: Entities['tracks'][number] | undefined, match: RegExpExecArray): Intent | undefined {
  const name = match[2] === 'reverb' ? 'reverbSend' : 'delaySend';
  const change = /\b(no|without|remove)\b/.test(match[0]) ? 'none' : /\b(less|down)\b/.test(match[0]) ? 'less' : 'more';
  return send(tracks, name, change);
}

function track(tracks: Entities['tracks'][number] | undefined, action: TrackAction): Intent | undefined {
  return tracks && { kind: 'track', tracks, action };
}

function rework(how: Rework, { tracks: [tracks], places: [places] }: Entities): Intent {
  return { kind: 'rework', how, ...(tracks ? { tracks } : {}), ...(places ? { places } : {}) };
}

/** Over so many bars, or over the last ones named. */
function faded(bars: number | undefined, places: Entities['places'][number] | undefined): Intent | undefined {
  const [place] = places ?? [];
  if (place && place.kind !== 'lastBars') return undefined;
  const length = place?.count ?? bars;
  return { kind: 'fade', ...(length === undefined ? {} : { bars: length }) };
}

function onlyPlaces([places]: Entities['places']) {
  return places ? { places } : {};
}

function repeated(places: Entities['places'][number] | undefined, n: number | undefined, text: string) {
  if (!places) return undefined;
  // "play it three times" is twice more, "repeat it three times" three times more.
  const plays = /^(play|do)/.test(text);
  const said = n === undefined ? (/twice/.test(text) ? 2 : 1) : n;
  const times = plays && (n !== undefined || /twice/.test(text)) && !/more/.test(text) ? said - 1 : said;
  return /^(add|have) P$/.test(text) ? undefined : { kind: 'repeat' as const, places, times: Math.max(1, times) };
}

function resized(places: Entities['places'][number], bars: number | undefined, text: string): Intent {
  const grows = /^(extend|lengthen|stretch)/.test(text);
  if (bars === undefined) return { kind: 'resize', places, factor: grows ? 1.5 : 0.5 };
  return text.endsWith('G')
    ? { kind: 'resize', places, byBars: grows ? bars : -bars }
    : { kind: 'resize', places, bars };
}

function sized(places: Entities['places'][number], bars: number | undefined, longer: boolean): Intent {
  if (bars === undefined) return { kind: 'resize', places, factor: longer ? 1.5 : 0.5 };
  return { kind: 'resize', places, byBars: longer ? bars : -bars };
}

function inserted(section: Entities['places'][number], bars: number | undefined, where: string | undefined): Intent {
  const [first] = section;
  const opens = first?.kind === 'section' && first.name === 'intro';
  const side: Side = where === undefined ? (opens ? 'start' : 'end') : where === 'end' ? 'end' : 'start';
  return { kind: 'insert', section, side, ...(bars === undefined ? {} : { bars }) };
}
