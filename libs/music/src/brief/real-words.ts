/**
 * Words and names of everyday English that are within a slip or two of a genre's or an instrument's name, and are not
 * taken for one ("horse" is no house). Written out once from a list of common words, by `correction` itself.
 */
// prettier-ignore
export const REAL_WORDS: ReadonlySet<string> = new Set(
  `absent according acids aero aged ages ahh ahhh ahmad aid alot also alt alternate alternating alternatively alternatives america american americans
   americas amid ancient applaud area arent arid ashore atmosphere atmospheric atoms audiences auto avid back bags bailed bailey baird bali balloon
   ballot ballots balls banana bans bar barb bard bare bark barley barn barr bars bart barton base baseline bases bash basis basket bastion bats battle
   battles bays beast beetle bell bella belle belly belts beneath bid bids billed bills bind binds bingo blacks blank bleach block bloom blue blush
   boeing boiler boilers bold bom bombay bon bond bonding bones bong bonnie bono boo boob book boon boone boosted booster boot bore boring borne boss
   botany bottled bottles bottom bowler boxers boxing brag brakes bras brave breach breaches breadth break breaker breakers breakup breast breasts
   breathe breathes breeds bricks brightest brock brooks broom bruh bruises brushed brussels bullet bullets bulls bush bushes cabinet cage calves canada
   canon caps caring carlos carpet cast caves celestial cell cellar cells celtics centric chad chai chair chambers champs chan chang changer chap chapter
   char charger charging charming charter chasing chat chats chatter chavez cheaper chi chic chicks chief chiefs chills chimney chin chinese chips choi
   choices chop chopped chores clad claims clan clans clap clashes class classes classic classics claus clause clauses claw claws clay cleric clever
   cliff climbs clip clips clones closes clouds cloudy clover clubs clue coastal coasts coat coats coined cold columbia concede concept concepts concern
   concerning concerns concert concerts congo connect contra convert converting converts cooker cooler cooper cooperate copper cornell corner corners
   coroner corporal correct cortex cost counted counter counters counts county coventry cranes crap crave crimea crimes crises critic crooked cropped
   crow crowds crown crowned crows crystals cub cuban curves daft deaf deaths della dem demo dent depth disc discs dom done doo door dorm drag dread
   dreaming dreams dreamt drills drones drove drug drugs duke dumb dumbest dumping ear ease easy eat eats echoed eclectic elected election electrical
   electrode electron electronic electronics electrons est ezra fanbase fantasies fantastic fantasy fashion feast feature fee fields fifa fifth fights
   figure fil file filed fill films filthy finale fine fire firm five fixture flakes flames flares flee fleet fleets flood floors flores flour fluids
   fold folks for fork foul france franco francs fred freed frenzy fuck fulton fun fund funky fur futile futures gabe gale gameplay gamer games gao
   garbage gate gave gaze genera genres ginger glad goal goalie goat gold gram grande grange grave grim grimes grimm grinder grudge guitars gunner guns
   gutter hairstyle hal hale half hall halt han hand handbag handgun hangs hank hanover hans hara hard hardcover hardware hare harm harming harmonic
   harmony hart has hat hate hates hath heats helicopters hiatus hips hits hold holder hon honey hong hooked hooker hoop hooper hope hopper hops horny
   horse hose hotter housed houses however huang hugging hung hunting hurting hybrids hymns hyun impressions india indiana indians indies indigo
   industries ipa ipad iris italy jumps jun june jung junk kara key keyboards kirk knew knicks korea koreans kyoto late latina latino least liquids
   liquor lite lock loft longer lore lori loud louise lte luke lure lyle lyric lyrical machine mandarin marble marc marco marcos marcus marina marking
   marrying marsh match matching meal medal melodies memo mental meta metals midtown militant mist model mold moral morgan morton mosque motion motors
   move movies mumbai muscle muzzle neon nero news noises noisy nora nose nov novak nye oceans olds ooh oops organs orphans output outright ovarian
   overdue overtake overtime overturned page paid pajamas palmer palms pals pans panties papa pas pass past pats paws pays permission persuasion
   persuasive pest phone phony pink pip pipe pizza plunge pods poet poker poop pope pops port pos pose posh posts pot pots powder powers pro prob prof
   progressing progression progressively progressives prom prop pros psalms puck pun pune punt race rack rae rage rags raja rake ramp rang rare rate
   raven ravi rea reagan reap record recorded recording records recover reddit reggie regime reporter reuse rhode rhymes rick ridden riddle riots robots
   roc rocks rocky roofs rooms root sage saline saliva salon samoa samson sanders sanity santos saturn saul saving savings saxon saying scales scare
   scared scares schemes schools scorer scores scoring scroll seal seam sean seas seat seed seeing seeker senate seoul sep sermons serving setting
   settings sewing shades shake shaken shakes shanghai shaped shapes share shared shares sharia sharing sharks sharon sharp shaved shaw shea sheep ship
   shitty shooter shop shores show shower shrine shrink siding siemens signed silver simone simpsons sincere sing single singled singles sinner sinners
   sister sisters sitting skater skiing skinner slab slater slaves slayer sleep slew sling slot slower slows smoker snacks snake snakes snap sniper snow
   soaked soaring soil sol sold solids solving song sons sony soon sooner sorting souls soup sour sow spaces spare spared sparks sparse speaker speeds
   speedy spend spinner spring springer springs sprint sprung spying squares sta stages staging stains stakes stalker stan stance standards stanford star
   stare stared stares staring starring stars start starting starts starving stat states stating stats stay staying stays steep steering stem steph steps
   sterling stew sting stirling stirring stoked stokes stolen stone stoned stones stop stored stores storey storing strain strains strait strand strands
   strange strap straw stray strict stride strides strife strike strikes striking strip stripe stripes strips strive striving strong stronger strung
   styling suarez subs sucker suing summon summons sunshine superman superstar sur sure surfing sweeps sweet swine swings swung synthesis table tailed
   tailor taller tang tank tap thats therein thorn thrust tip toes told tom tomas tomb tombs ton tone toni tons tony took tops tos toss tow toys trace
   traced traces tracey tracker trader trailers trails train trained trainee trainer trainers traitor tram traps trash traveler tray trench tri trim trio
   trips trumps tub tube tuna usb vera vice videos villa villain villains villas violate violates violent violet virgin vocalist voiced wade wage wages
   wake wakes wales walt ware warships waved weave whats whip whistles whoever wives word workshop worlds would wrap wrestle wrestling yeast zhang zipper`.split(/\s+/),
);
