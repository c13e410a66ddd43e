import type { Mode } from '../score/score';

/** What a mood word says: a mode it leans to, an intensity 0-100, a `pace` -2 (very slow) to 2 (very fast). */
export interface Mood {
  mode?: Mode;
  intensity?: number;
  pace?: number;
}

/**
 * Mood words by the quadrants of J. A. Russell's circumplex of affect (1980): valence leans the mode, arousal the
 * intensity and pace, as listeners judge them (P. Juslin & P. Laukka, 2004, table 4).
 */
const GROUPS: readonly (readonly [Mood, string])[] = [
  // Negative and quiet.
  [{ mode: 'minor', intensity: 30, pace: -1 }, 'sad, melancholic, melancholy, sorrowful, mournful, gloomy, tragic, lonely, heartbroken, heartbreaking, somber, sombre, depressing, tearful, wistful, bittersweet, longing, grieving, blue, bleak, desolate, despairing, regretful, forlorn, moody, rainy, sadness, heartache, sorrow, loneliness, grief'],
  [{ mode: 'minor', intensity: 40 }, 'nostalgic, dark, mysterious, eerie, spooky, haunting, brooding, noir, ghostly, creepy, ominous, sinister, suspenseful, tense, dystopian, gothic, cold, icy, wintry, foreboding, shadowy, uneasy, unsettling, darkness, mystery, tension, suspense, nostalgia, mystical, enigmatic, cryptic, nocturnal, night time, late night, midnight, solemn, halloween'],
  // Positive and quiet.
  [{ intensity: 25, pace: -1 }, 'calm, calming, peaceful, relaxing, relaxed, serene, tranquil, soothing, sleepy, gentle, soft, meditative, quiet, lullaby, restful, hushed, softly, quietly, gently, tender, delicate, zen, spa, sleep, meditation, yoga, still, contemplative, introspective, reflective, pensive, thoughtful, intimate, relaxation, calmness, serenity, tranquility, peace, stillness, floating, weightless, drifting, slumbering, breathing, healing, relax, relaxing'],
  [{ intensity: 35 }, 'chill, chilled, chilled out, chillout, chill out, mellow, laid back, lazy, easygoing, easy going, smooth, cozy, cosy, warm, cushy, study, studying, focus, coffee shop, cafe, background, airy, hazy, foggy, misty, dreamy, dreamlike, ethereal, atmospheric, spacious, spacey, lush, silky, velvety, sunset, evening, underwater, cosmic, celestial, otherworldly, minimal, minimalist, minimalistic, simple, stripped down, stripped back, understated, subtle, sparse, restrained'],
  [{ mode: 'major', intensity: 45 }, 'romantic, sweet, hopeful, heartwarming, sentimental, innocent, pastoral, loving, love, sunny, light, lighthearted, light hearted, whimsical, gentle hope, optimistic, cute, charming, comforting, positive, wedding, romance, hope, warmth, tenderness'],
  // Positive and lively.
  [{ mode: 'major', intensity: 65, pace: 1 }, 'happy, joyful, cheerful, upbeat, uplifting, playful, fun, bright, bouncy, festive, celebratory, carefree, summery, summer, feel good, feelgood, merry, jolly, joyous, jubilant, exuberant, cheery, funny, quirky, comedic, silly, goofy, party, danceable, dance, lively, christmas, tropical, beach, happiness, joy, childlike, kids, cheerfulness, christmassy, comical'],
  [{ mode: 'major', intensity: 80 }, 'triumphant, heroic, victorious, majestic, inspiring, inspirational, motivational, anthemic, euphoric, soaring, glorious, regal, noble, patriotic, proud, grand, monumental, ceremonial, empowering, adventurous, magical, wonder, stately'],
  // Negative or neutral and lively.
  [{ mode: 'minor', intensity: 85, pace: 1 }, 'aggressive, angry, furious, raging, violent, menacing, brutal, savage, fierce, chaotic, evil, hostile, apocalyptic, rebellious, battle, fight, war, chase, horror, scary'],
  [{ intensity: 80 }, 'energetic, intense, powerful, driving, heavy, hard, hard hitting, epic, dramatic, explosive, loud, dense, busy, thick, huge, massive, big, banging, pumping, high energy, high octane, hype, wild, relentless, hectic, frenetic, urgent, exciting, thrilling, drama, excitement, action, workout, gym, gaming, racing, sports, passionate, fiery, hypnotic drive, big room, full on, raw, gritty, distorted, full, layered, maximal, festival'],
  [{ intensity: 60 }, 'groovy, funky, catchy, confident, cool, cocky, sassy, sexy, sensual, seductive, soulful, swaggering, swagger, urban, streetwise, jazzy groove, rhythmic, syncopated, tight, punchy, hypnotic, driving groove, steady, medium energy, moderate energy, sneaky, mischievous, exotic, retro future'],
  [{ intensity: 20 }, 'low energy, very calm, very quiet, very soft, pianissimo, whispering, barely there'],
  // Textures and eras: they colour the sound and lean nothing.
  [{}, 'dusty, vintage, retro, old school, old skool, one drop, sliding, oldschool, classic, analog, analogue, vinyl, tape, cassette, crackly, grainy, lofi texture, organic, acoustic, electronic, digital, futuristic, modern, contemporary, cinematic, filmic, glitchy, granular, experimental, abstract, psychedelic, trippy, rustic, earthy, tribal, ancient, medieval, fantasy, space, rain, ocean, forest, nature, city, urban night, neon, cyberpunk, fuzzy, washed out, crunchy, clean, polished, crisp, rich, deep, full bodied, shimmering, sparkling, glassy, metallic, wooden, wet, dry, rough, edgy, quirky edge, emotional, expressive, heartfelt, moving, touching, evolving, repetitive, droning, resonant, virtuosic, improvised, melodic, tuneful, harmonic, lyrical, elegant, sophisticated, classy, plucked, arpeggiated, arpeggio, arpeggios, fingerpicked, fingerpicking, strummed, chopped, reverb, reverberant, echoey, ostinato, rubato, offbeat, off beat, staccato, legato, drones, weird, strange, night, half time, halftime, double time, doubletime'],
]; // prettier-ignore

/** Moods and textures by word. Those of the last group lean nothing, and are kept for the agents to colour by. */
export const MOODS: ReadonlyMap<string, Mood> = new Map(
  GROUPS.flatMap(([mood, words]) => words.split(', ').map((word) => [word, mood] as const)),
);
