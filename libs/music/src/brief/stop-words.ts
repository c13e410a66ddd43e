/** Words that carry no demand: function words, requests, and general words for music. Folded. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a an the this that these those some any all every each both few more most much many other another such own same so than too very
  really quite rather pretty extremely super highly slightly somewhat bit little lot lots kind sort type about around roughly approximately
  approx ca nearly almost exactly just only even also still maybe perhaps possibly ideally preferably mostly mainly generally overall
  i me my mine we us our you your he she it its they them their one ones something someone somebody anything everything thing things
  i'd i'm i've i'll it's that's let's you'd you're
  am is are was were be been being have has had having do does did doing can could will would shall should may might must let lets
  want wants wanted need needs like likes please thanks thank hello hi hey give gives get gets make makes making made create creates
  creating created compose composes composing composed composition write writes writing written generate generates generating generated
  produce produces producing produced play plays playing played add adds adding added use uses using used include includes including
  included have keep keeps start starts starting begin begins beginning end ends go goes going feature features featuring put take set sets
  sound sounds sounding feel feels feeling vibe vibes style styled stylistic mood moods tone tones genre inspired reminiscent
  influenced influence influences based
  and or but if then else as of at by for with within into onto from to in on off over under up down out through between across along during
  while when where which who whose what how why there here not nor yet plus per via because since until before after again once now
  song songs track tracks tune tunes piece pieces music musical musically beat beats groove grooves jam instrumental instrumentals
  work production recording audio mp3 midi demo theme themes backing bed score soundscape backdrop
  good nice great beautiful lovely amazing awesome perfect best better interesting high low level   tempo bpm key scale mode meter metre time signature chord chords progression progressions harmony harmonies melody melodies   line lines part parts section sections bar bars measure measures structure form rhythm rhythms arrangement arranged
  instrument instruments instrumentation ensemble sounding tonality pattern patterns riff riffs children's evokes evoke evoking moves move moving follows follow recurs recur repeats blend quality atmosphere days day w o duet trio quartet band driven hits rolls roll samples sample anthem opening ending layer layers texture textures
  length duration minutes seconds version title titled called named seed energy intensity mix lead leads solo solos
  over top underneath throughout where slightly touch hint hints dash flavor flavour flavors element elements
  player players type ish y s t ll ve re d m x
  yo gimme gonna wanna gotta kinda sorta tryna lemme sick dope lit fire pls plz thx n u ur r im ill ok okay idk tbh lol smth smthn sth sum sumthin sumthing stuff
  dat dis da dem lil slap slaps banger bangers bop roller bgm abt cuz coz
  imagine imagining idea ideas here's there's somewhere requirement requirements demand demands
  keeping keeps carry carries carrying carried takes taking took has hold holds holding sing sings singing lead leading led comp comps comping
  last lasts lasting run runs running close closes closing enter enters entering arrive arrives join joins
  first second third fourth final finale otherwise least whichever whatever whoever fit fits fitting matter matters choose chooses choice
  number octave octaves breakdown looking look vamp above below beneath bottom middle con moto ma non troppo molto poco assai pace front fur pour para y und et mit avec`.split(
    /\s+/,
  ),
);
