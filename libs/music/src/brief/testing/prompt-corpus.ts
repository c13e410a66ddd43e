/** What a prompt of the corpus must be read as; fields left out are not looked at. */
export interface ExpectedReading {
  style?: string;
  blend?: string[];
  /** "D minor". */
  key?: string;
  tempoBpm?: number;
  /** "6/8". */
  meter?: string;
  swingPercent?: number;
  bars?: number;
  /** "intro 4, verse 8". */
  form?: string;
  /** "electric-piano-1 chords"; all of them, in order. */
  instruments?: string[];
  excluded?: string[];
  /** Some of the moods. */
  moods?: string[];
  progression?: string;
  title?: string;
  seed?: number;
  loop?: boolean;
  notUnderstood?: string[];
  /** Fields in contradiction. */
  contradictions?: string[];
}

const NOTHING = { notUnderstood: [], contradictions: [] };

/** Prompts as people write them, with what a musician would read in them. */
export const PROMPT_CORPUS: readonly (readonly [prompt: string, expected: ExpectedReading])[] = [
  [
    'dusty lo-fi beat at 82 bpm in D minor, 32 bars, Rhodes and upright bass',
    {
      style: 'lo-fi-hip-hop', key: 'D minor', tempoBpm: 82, bars: 32, moods: ['dusty'],
      instruments: ['electric-piano-1 chords', 'acoustic-bass bass'], ...NOTHING,
    },
  ],
  ['chill lofi hip hop, 75 BPM, A minor', { style: 'lo-fi-hip-hop', tempoBpm: 75, key: 'A minor', moods: ['chill'], ...NOTHING }],
  ['lofi study beats with jazzy piano chords, no drums', { style: 'lo-fi-hip-hop', blend: ['jazz-swing'], excluded: ['drums'], instruments: ['acoustic-grand-piano chords'] }],
  ['A minor house track, 124bpm, 64 bars', { style: 'house', key: 'A minor', tempoBpm: 124, bars: 64, ...NOTHING }],
  ['Deep house in F# minor at 122', { style: 'deep-house', key: 'F# minor', tempoBpm: 122 }],
  ['upbeat house music in C major, 128 bpm, four on the floor, 5 minutes', { style: 'house', key: 'C major', tempoBpm: 128, bars: 160 }],
  ['bars: 16, bpm: 90, house', { bars: 16, tempoBpm: 90, ...NOTHING }],
  ['techno at 135 bpm', { style: 'techno', tempoBpm: 135, contradictions: [] }],
  ['hard rock song in E minor, 140 bpm, verse-chorus, power trio', {
    style: 'hard-rock', key: 'E minor', tempoBpm: 140, form: 'verse 8, chorus 8, verse 8, chorus 8',
    instruments: ['distortion-guitar chords', 'electric-bass-finger bass', 'power-kit drums'],
  }],
  ['Rock ballad in G major, 72 bpm, with strings', { style: 'rock', key: 'G major', tempoBpm: 72 }],
  ['an aggressive rock anthem in Eb minor at 160 beats per minute', { style: 'rock', key: 'Eb minor', tempoBpm: 160, moods: ['aggressive'] }],
  ['jazz swing at 180 bpm in Bb, AABA, piano trio', {
    style: 'jazz-swing', key: 'Bb major', tempoBpm: 180, form: 'a 8, a 8, b 8, a 8', bars: 32,
    instruments: ['acoustic-grand-piano chords', 'acoustic-bass bass', 'jazz-kit drums'],
  }],
  ['medium swing tune in F major with tenor sax, 32 bars', { key: 'F major', bars: 32, instruments: ['tenor-sax lead'], style: 'jazz-swing' }],
  ['12-bar blues in E at 96 bpm', { key: 'E major', tempoBpm: 96, progression: 'I7 IV7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7', bars: 48, style: 'blues' }],
  ['twelve bar blues in A, 24 bars', { key: 'A major', bars: 24, form: 'chorus 12, chorus 12' }],
  ['slow jazz ballad in Db major, brushes and double bass', { style: 'jazz-ballad', key: 'Db major', instruments: ['brush-kit drums', 'acoustic-bass bass'] }],
  ['orchestral piece in 3/4, G minor, 60 bpm, no percussion', { style: 'orchestral', meter: '3/4', key: 'G minor', tempoBpm: 60, excluded: ['percussion'], ...NOTHING }],
  ['epic orchestral trailer in D minor, 100 bpm, 48 bars', { style: 'epic-trailer', blend: ['orchestral'], key: 'D minor', tempoBpm: 100, bars: 48, moods: ['epic'] }],
  ['a waltz for string quartet in A-flat major', {
    style: 'waltz', meter: '3/4', key: 'Ab major',
    instruments: ['violin lead', 'violin counter', 'viola chords', 'cello bass'], notUnderstood: [],
  }],
  ['ambient drone in C lydian, 60 bpm, 2 minutes, warm pads', { style: 'ambient', key: 'C lydian', tempoBpm: 60, bars: 30, instruments: ['pad-2-warm pad'] }],
  ['peaceful ambient music for meditation, no drums, no bass', { style: 'ambient', excluded: ['drums', 'bass'], moods: ['peaceful'] }],
  ['D Dorian groove in 7/8', { key: 'D dorian', meter: '7/8' }],
  ['E phrygian, 6/8, 90 bpm', { key: 'E phrygian', meter: '6/8', tempoBpm: 90, ...NOTHING }],
  ['something in five, B mixolydian', { key: 'B mixolydian', meter: '5/4' }],
  ['lo-fi in 5/4 time', { meter: '5/4', style: 'lo-fi-hip-hop', ...NOTHING }],
  ['rock in 12/8 time signature', { meter: '12/8', style: 'rock', ...NOTHING }],
  ['house, key of Bb minor', { key: 'Bb minor', style: 'house', ...NOTHING }],
  ['house in the key of C sharp minor', { key: 'C# minor', style: 'house', ...NOTHING }],
  ['lofi beat in Cm', { key: 'C minor', ...NOTHING }],
  ['lofi beat, F#m, 80bpm', { key: 'F# minor', tempoBpm: 80, ...NOTHING }],
  ['sad piano', { moods: ['sad'], instruments: ['acoustic-grand-piano chords'], ...NOTHING }],
  ['lofi with chords Am F C G', { progression: 'Am F C G', key: 'A minor', ...NOTHING }],
  ['pop rock over I-V-vi-IV in D major', { progression: 'I V vi IV', key: 'D major', style: 'rock' }],
  ['jazz, ii-V-I in C', { progression: 'ii V I', key: 'C major', style: 'jazz-swing', ...NOTHING }],
  ['| Dm7 | G7 | Cmaj7 | Cmaj7 | jazz', { progression: 'Dm7 G7 Cmaj7 Cmaj7', style: 'jazz-swing' }],
  ['ambient, i - bVI - bVII, 70 bpm', { progression: 'i bVI bVII', tempoBpm: 70, style: 'ambient' }],
  ['rock in A: A5 D5 E5 at 130 bpm', { progression: 'A5 D5 E5', key: 'A major', tempoBpm: 130 }],
  ['house with Fm7 - Bbm7 - Ebmaj7 - Abmaj7', { progression: 'Fm7 Bbm7 Ebmaj7 Abmaj7', style: 'house' }],
  ['120 bpm at 90 bpm', { tempoBpm: 120, contradictions: ['tempo'] }],
  ['rock in C major, in G minor', { key: 'C major', contradictions: ['key'] }],
  ['no drums but heavy drums, ambient', { style: 'ambient', excluded: ['drums'], contradictions: ['instruments'] }],
  ['lofi without piano or guitar', { style: 'lo-fi-hip-hop', notUnderstood: [] }],
  ['drumless jazz', { style: 'jazz-swing', excluded: ['drums'], ...NOTHING }],
  ['jazz without drums and bass', { style: 'jazz-swing', excluded: ['drums', 'bass'], ...NOTHING }],
  ["don't use any drums, ambient piano", { style: 'ambient', excluded: ['drums'], instruments: ['acoustic-grand-piano chords'] }],
  ['flute melody over piano chords, lofi', { instruments: ['flute lead', 'acoustic-grand-piano chords'], style: 'lo-fi-hip-hop', ...NOTHING }],
  ['lofi, lead guitar and cello bass line', { instruments: ['overdriven-guitar lead', 'cello bass'] }],
  ['a supersaw lead over 909 drums and a reese bass', { instruments: ['supersaw-lead lead', 'tr-909-kit drums', 'reese-bass bass'] }],
  ['808 bass, trap drums, 142 bpm', { instruments: ['808-bass bass', 'tr-808-kit drums'], tempoBpm: 142 }],
  ['lo-fi house', { style: 'house', blend: ['lo-fi-hip-hop'], ...NOTHING }],
  ['jazzy house, 120 bpm', { style: 'house', blend: ['jazz-swing'], tempoBpm: 120, ...NOTHING }],
  ['symphonic rock in E minor', { style: 'rock', blend: ['orchestral'], key: 'E minor', ...NOTHING }],
  ['rock with ambient textures', { style: 'rock', blend: ['ambient'], ...NOTHING }],
  ['jazzy trap, 140 bpm', { style: 'trap', blend: ['jazz-swing'], tempoBpm: 140 }],
  ['drum and bass, 174 bpm', { style: 'drum-and-bass', tempoBpm: 174, instruments: [] }],
  ['bossa nova in F major, nylon guitar', { style: 'bossa-nova', key: 'F major', swingPercent: 50, instruments: ['acoustic-guitar-nylon chords'] }],
  ['lofi beat, intro 4 bars, verse 8 bars, chorus 8 bars, outro 4 bars', { bars: 24, form: 'intro 4, verse 8, chorus 8, outro 4', ...NOTHING }],
  ['rock: 4-bar intro, 16-bar verse, 8-bar chorus', { bars: 28, form: 'intro 4, verse 16, chorus 8', ...NOTHING }],
  ['rock song, intro, verse, chorus, verse, chorus, bridge, chorus, outro', { form: 'intro 4, verse 8, chorus 8, verse 8, chorus 8, bridge 8, chorus 8, outro 4', ...NOTHING }],
  ['64 bars of rock, verse chorus verse chorus', { bars: 64, form: 'verse 16, chorus 16, verse 16, chorus 16' }],
  ['jazz in ABA form, 24 bars', { bars: 24, form: 'a 8, b 8, a 8', ...NOTHING }],
  ['rock, 32 bars: intro 4 bars, verse 8 bars, chorus 8 bars', { bars: 20, contradictions: ['bars'] }],
  ['8-bar loop, lofi, 85 bpm', { bars: 8, loop: true, tempoBpm: 85, ...NOTHING }],
  ['a looping house beat', { loop: true, style: 'house', bars: 8, ...NOTHING }],
  ['16 bars', { bars: 16, ...NOTHING }],
  ['thirty-two bars of ambient', { bars: 32, ...NOTHING }],
  ['1,024 bars of house', { bars: 1024 }],
  ['lofi, 90 seconds at 80 bpm', { bars: 30, tempoBpm: 80 }],
  ['lofi, 1:30 long, 80 bpm', { bars: 30, tempoBpm: 80, ...NOTHING }],
  ['three minutes of jazz at 160 bpm', { bars: 120, ...NOTHING }],
  ['90s hip hop', { style: 'boom-bap', moods: ['90s'], notUnderstood: [] }],
  ['allegro in G major for orchestra', { tempoBpm: 132, key: 'G major', style: 'orchestral' }],
  ['adagio for strings', { tempoBpm: 71, style: 'orchestral', notUnderstood: [] }],
  ['slow rock', { style: 'rock', tempoBpm: 108, ...NOTHING }],
  ['fast house', { style: 'house', notUnderstood: [] }],
  ['tempo: 97, key: D minor, meter: 6/8, bars: 16', { tempoBpm: 97, key: 'D minor', meter: '6/8', bars: 16 }],
  ['80-90 bpm lofi', { tempoBpm: 85, style: 'lo-fi-hip-hop', ...NOTHING }],
  ['around 82.5 bpm, lofi', { tempoBpm: 82.5, ...NOTHING }],
  ['lofi with 60% swing', { swingPercent: 60, ...NOTHING }],
  ['lofi, straight, no swing', { swingPercent: 50, ...NOTHING }],
  ['rock shuffle in A', { swingPercent: 66, style: 'rock', key: 'A major', ...NOTHING }],
  ['house with heavy swing', { swingPercent: 66, style: 'house', ...NOTHING }],
  ['lofi called "Rain on Glass"', { title: 'Rain on Glass', style: 'lo-fi-hip-hop', ...NOTHING }],
  ['a rock song titled Burning Bridges, 130 bpm', { title: 'Burning Bridges', tempoBpm: 130, ...NOTHING }],
  ['house, seed 42', { seed: 42, style: 'house', ...NOTHING }],
  ['Make me a cozy lofi beat please, thanks!', { style: 'lo-fi-hip-hop', moods: ['cozy'], ...NOTHING }],
  ['lofi beat with snarfblat and flibbertigibbet', { style: 'lo-fi-hip-hop', notUnderstood: ['snarfblat and flibbertigibbet'] }],
  ['ジャズのピアノ', { style: 'lo-fi-hip-hop' }],
  ['🎷🔥', { instruments: ['alto-sax lead'], notUnderstood: ['🔥'] }],
  ['solo piano in C minor', { key: 'C minor', instruments: ['acoustic-grand-piano chords', 'acoustic-grand-piano lead'], excluded: ['drums', 'percussion', 'bass', 'pad', 'counter', 'fx'] }],
  ['solo cello, A minor, slow', { key: 'A minor', instruments: ['cello lead'] }],
  ['lofi with ukulele', { instruments: ['acoustic-guitar-nylon chords'], ...NOTHING }],
  ['lofi, vibraphone solo, Rhodes, walking bass, brushes', { instruments: ['vibraphone lead', 'electric-piano-1 chords', 'acoustic-bass bass', 'brush-kit drums'], ...NOTHING }],
  ['chill summer vibes, house', { style: 'house', instruments: [], ...NOTHING }],
  ['In F, 4/4, 100 bpm: jazz', { key: 'F major', meter: '4/4', tempoBpm: 100, ...NOTHING }],
  ['g minor, waltz, 150 bpm, accordion', { key: 'G minor', meter: '3/4', tempoBpm: 150, instruments: ['accordion chords'], notUnderstood: [] }],
  ['a minor key ambient piece', { style: 'ambient', ...NOTHING }],
  ['lo-fi hip-hop; drums, bass, piano and vinyl crackle', { style: 'lo-fi-hip-hop', instruments: ['room-kit drums', 'acoustic-bass bass', 'acoustic-grand-piano chords', 'seashore fx'], ...NOTHING }],
  ['Not jazz, just rock', { style: 'rock', blend: [], ...NOTHING }],
  ['ambient, not too sad, C major', { style: 'ambient', key: 'C major', moods: [], ...NOTHING }],
  ['minimal techno, no melody, only drums and bass', { style: 'techno', instruments: ['tr-909-kit drums', 'acid-bass bass'], excluded: ['lead', 'percussion', 'chords', 'pad', 'counter', 'fx'] }],
  ['A melancholic piano ballad in E minor, soft strings, slow', { key: 'E minor', instruments: ['acoustic-grand-piano chords', 'string-ensemble-2 pad'], notUnderstood: [] }],
  ['lofi 85bpm Gmin 16bars piano bass drums', { tempoBpm: 85, key: 'G minor', bars: 16, instruments: ['acoustic-grand-piano chords', 'acoustic-bass bass', 'room-kit drums'], ...NOTHING }],
  ['trap beat with 808s, hi hat rolls, dark piano melody, 140 bpm half-time', { tempoBpm: 140, bars: 48, instruments: ['tr-808-kit drums', 'acoustic-grand-piano lead'], moods: ['half time'], notUnderstood: [] }],
  ['Rock: intro 8, verse 16, chorus 16, solo 8, outro 8; E major; two guitars, bass, drums', { form: 'intro 8, verse 16, chorus 16, solo 8, outro 8', key: 'E major', instruments: ['overdriven-guitar chords', 'overdriven-guitar lead', 'electric-bass-pick bass', 'power-kit drums'], ...NOTHING }],
  ['a tune in three-four time for accordion and violin', { meter: '3/4', instruments: ['accordion chords', 'violin lead'], notUnderstood: [] }],
  ['loop 4 bars house 126', { loop: true, bars: 4, tempoBpm: 126, ...NOTHING }],
  ['swing, Bb, 200 bpm', { key: 'Bb major', tempoBpm: 200, style: 'jazz-swing', ...NOTHING }],
  ['house 122 bpm Am7 - Fmaj7 - Cmaj7 - G', { progression: 'Am7 Fmaj7 Cmaj7 G', key: 'A minor', ...NOTHING }],
  ['meditation music, singing bowls, 60bpm', { style: 'ambient', instruments: ['pad-5-bowed pad'], ...NOTHING }],
  ['ambient, tonic at 432 Hz', { tempoBpm: 64, notUnderstood: ['tonic'], contradictions: ['tuning'] }],
  ['lofi hip hop in the style of 24/7 radio', { meter: '4/4', style: 'lo-fi-hip-hop' }],
  ['rock with a 16-bar solo', { style: 'rock', bars: 72 }],
  ['A melodic electronic song with ambient elements, featuring piano, acoustic guitar, alto saxophone, string ensemble, and electric bass. Set in G minor with a 4/4 time signature, it moves at a lively Presto tempo. The composition evokes a blend of relaxation and darkness, with hints of happiness and a meditative quality.', { style: 'house', blend: ['ambient'], key: 'G minor', meter: '4/4', tempoBpm: 184, instruments: ['acoustic-grand-piano chords', 'acoustic-guitar-steel chords', 'alto-sax lead', 'string-ensemble-1 pad', 'electric-bass-finger bass'], moods: ['relaxation', 'darkness', 'meditative'], notUnderstood: [] }],
  ['A short pop song with a Christmas vibe, featuring synth pad, drums, and electric guitar. Set in Bb major with a fast tempo and a 4/4 time signature, it follows a chord progression of F7, Bb, and Eb.', { style: 'pop', key: 'Bb major', progression: 'F7 Bb Eb', instruments: ['pad-3-polysynth pad', 'standard-kit drums', 'electric-guitar-clean chords'], notUnderstood: [] }],
  ['This classical composition, perfect for film scores, features church organ, french horn, and string ensemble in the key of D# minor. With a moderate tempo of 101 bpm and a time signature of 6/8, it evokes an epic, relaxing atmosphere. The chord progression of D#m, G#m, A#7 recurs throughout.', { style: 'classical', key: 'D# minor', tempoBpm: 101, meter: '6/8', progression: 'D#m G#m A#7', notUnderstood: [] }],
  ['lofi w/o drums', { excluded: ['drums'], instruments: [], ...NOTHING }],
  ['orchestral, drums excluded and choir included, E minor', { excluded: ['drums'], instruments: ['choir-aahs pad'], key: 'E minor', ...NOTHING }],
  ['lofi. Form: intro, A, A, B, A, outro. 40 bars.', { form: 'intro 4, a 8, a 8, b 8, a 8, outro 4', bars: 40, ...NOTHING }],
  ['jazz, form: A, A, B, A', { form: 'a 8, a 8, b 8, a 8', ...NOTHING }],
  ['F#, rock, 120 bpm', { key: 'F# major', tempoBpm: 120, ...NOTHING }],
  ['swing jazz quartet, 32 bars, Bb major, 170 bpm', { style: 'jazz-swing', bars: 32, key: 'Bb major', instruments: ['tenor-sax lead', 'acoustic-grand-piano chords', 'acoustic-bass bass', 'jazz-kit drums'], ...NOTHING }],
  ['heavy metal, drop D, 150 bpm, double bass drumming, two distorted guitars', { style: 'hard-rock', tempoBpm: 150, form: '', instruments: ['power-kit drums', 'distortion-guitar chords', 'distortion-guitar lead'] }],
  ['funk groove E9 | A9 | E9 | B7, slap bass, clavinet, 104 bpm', { progression: 'E9 A9 E9 B7', key: 'E major', instruments: ['slap-bass-1 bass', 'clavinet chords'], notUnderstood: [] }],
  ['house in F minor with organ bass and piano stabs', { style: 'house', key: 'F minor', instruments: ['percussive-organ bass', 'acoustic-grand-piano chords'], ...NOTHING }],
  ['bluesy lofi, 78 bpm, Gm', { style: 'lo-fi-hip-hop', blend: ['blues'], tempoBpm: 78, key: 'G minor', ...NOTHING }],
  ['lo-fi ambient', { style: 'ambient', blend: ['lo-fi-hip-hop'], ...NOTHING }],
  ['acid house with a 303 bassline and 909, 125 bpm, D phrygian', { style: 'house', key: 'D phrygian', tempoBpm: 125, instruments: ['acid-bass bass', 'tr-909-kit drums'], ...NOTHING }],
  ['orchestra: horns, timpani, strings and flute; heroic; Bb major; 64 bars', { style: 'orchestral', key: 'Bb major', bars: 64, moods: ['heroic'] }],
  ['Fast punk in D, 190 bpm, distorted guitar and drums only, 24 bars', { tempoBpm: 190, key: 'D major', bars: 24, instruments: ['distortion-guitar chords', 'power-kit drums'], notUnderstood: [] }],
  ['A calm 6/8 lullaby in F major for music box and harp, no drums', { key: 'F major', meter: '6/8', instruments: ['music-box lead', 'orchestral-harp chords'], excluded: ['drums'], ...NOTHING }],
]; // prettier-ignore
