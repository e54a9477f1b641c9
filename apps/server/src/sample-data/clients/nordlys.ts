import { drawLogo } from '../drawing/logo.ts';
import { board } from '../make/board.ts';
import { brandBook } from '../make/brand-book.ts';
import { brief } from '../make/brief.ts';
import { film } from '../make/film.ts';
import { picture } from '../make/picture.ts';
import { plainText } from '../make/plain-text.ts';
import type { ClientRecipe } from '../make/recipe.ts';
import { tune } from '../make/tune.ts';
import { vector } from '../make/vector.ts';
import { compose, type Piece } from '../music/compose.ts';
import { synthesize } from '../music/synthesize.ts';
import type { SampleCampaign } from '../sample-library.ts';
import { nordlysBrand as brand } from './nordlys-brand.ts';
import * as scene from './nordlys-scenes.ts';

const stayOut: SampleCampaign = {
  input: {
    name: 'Stay out longer',
    goal: 'Make the night the reason to go, not the reason to turn back.',
    status: 'active',
    brief: {
      objective:
        'Own the hours after sunset: lift sales of tents, lamps and flasks by a quarter over last winter.',
      targetAudience: 'People who hike on weekends and still go home when it gets dark.',
      keyMessages: [
        'The best part begins when the light goes.',
        'Warm for fourteen hours, tested at 69° north.',
        'Leave nothing but the lamp on.',
      ],
    },
  },
};

const summit: SampleCampaign = {
  input: {
    name: 'Nordtind summer',
    goal: 'Introduce the hut-to-hut route with the tourist board.',
    status: 'archived',
    brief: {
      objective: 'Put the Nordtind route on the map as a three-day walk for beginners.',
      targetAudience: 'First-time hut hikers from the coast towns.',
      keyMessages: ['Three days, two huts, one saddle.'],
    },
  },
};

const theme: Piece = {
  tempo: 72,
  seconds: 28,
  seed: 11,
  chords: [
    [45, 52, 57, 60, 64],
    [41, 48, 53, 57, 64],
    [48, 55, 60, 64, 67],
    [43, 50, 55, 59, 62],
  ],
  parts: ['pad', 'bass', 'melody'],
};
const play = (changes: Partial<Piece>) => {
  const piece = { ...theme, ...changes };
  return synthesize(compose(piece), piece.seconds);
};

const teal = () => scene.drawFlaskHero('#12606a', '#0b1d2a', ['#d8e6ea', '#8fb0bd']);
const orange = () => scene.drawFlaskHero('#ff6b35', '#0b1d2a', ['#16384a', '#081722']);

/** Nordlys Outdoor. */
export const nordlys: ClientRecipe = {
  folder: 'nordlys',
  input: {
    name: brand.name,
    description:
      'Tents, lamps and flasks from the far north. Everything is tested by people who live at 69 degrees, where it is dark for two months and nobody stays in.',
    brandGuidelines: {
      colors: brand.palette.map(([, color]) => color),
      fonts: [...brand.fontNames],
      styleKeywords: ['vast', 'quiet', 'precise', 'after dark'],
    },
  },
  campaigns: [stayOut, summit],
  assets: [
    {
      file: 'Northern lights over Storskar.jpg',
      campaign: 0,
      tags: ['background', 'first_frame', 'aurora', 'night'],
      make: picture(scene.drawNorthernLights, { width: 3000, soft: true, grain: 6 }),
    },
    {
      file: 'Camp at dusk.jpg',
      campaign: 0,
      tags: ['subject', 'tent', 'night'],
      make: picture(scene.drawCamp, { width: 2400, soft: true, grain: 7 }),
    },
    {
      file: 'Stay out longer – film.mp4',
      campaign: 0,
      tags: ['film', 'night'],
      make: film({
        stills: ['Northern lights over Storskar.jpg', 'Lake mirror.jpg', 'End frame.png'],
        secondsEach: 3,
        play: () => play({ seconds: 8 }),
      }),
    },
    {
      file: 'Flask 750 – deep teal.jpg',
      campaign: null,
      tags: ['product_shot', 'flask'],
      make: picture(teal, { width: 2000, grain: 3 }),
    },
    {
      file: 'Lake mirror.jpg',
      campaign: 0,
      tags: ['background', 'lake', 'dusk'],
      make: picture(scene.drawLake, { width: 2880, grain: 6 }),
    },
    {
      file: 'Poster – Stay out longer.jpg',
      campaign: 0,
      tags: ['poster', 'print'],
      make: picture(scene.drawPoster, { width: 2000, soft: true, grain: 5 }),
    },
    {
      file: 'Blue hour layers.jpg',
      campaign: 1,
      tags: ['background', 'landscape', 'summer'],
      make: picture(scene.drawLayers, { width: 3000, grain: 5 }),
    },
    {
      file: 'Flask 750 – signal.jpg',
      campaign: 0,
      tags: ['product_shot', 'flask'],
      make: picture(orange, { width: 2000, grain: 4 }),
    },
    {
      file: 'Forest in fog.webp',
      campaign: null,
      tags: ['background', 'forest'],
      make: picture(scene.drawForest, { width: 2400, grain: 6 }),
    },
    {
      file: 'Aurora – theme.ogg',
      campaign: 0,
      tags: ['use_full_audio', 'music'],
      make: tune(() => play({})),
    },
    {
      file: 'Nordlys logo.svg',
      campaign: null,
      tags: ['brand_logo', 'logo'],
      make: vector(() => drawLogo(brand, { color: brand.ink, ground: brand.paper })),
    },
    {
      file: 'Nordlys logo on night.png',
      campaign: null,
      tags: ['brand_logo', 'logo'],
      make: picture(() => drawLogo(brand, { color: brand.primary, ground: brand.ink }), { width: 1600 }),
    },
    {
      file: 'Tent story – vertical.mp4',
      campaign: 0,
      tags: ['story', 'vertical', 'tent'],
      make: film({
        stills: ['Camp at dusk.jpg', 'Poster – Stay out longer.jpg'],
        secondsEach: 3,
        width: 720,
        height: 1280,
        play: () => play({ seconds: 6, parts: ['pad', 'arpeggio'] }),
      }),
    },
    {
      file: 'Contour lines.png',
      campaign: null,
      tags: ['background', 'pattern'],
      make: picture(scene.drawMap, { width: 2400 }),
    },
    {
      file: 'Contour wipe.webm',
      campaign: null,
      tags: ['transition', 'loop'],
      make: film({
        stills: ['Contour lines.png'],
        secondsEach: 3,
        play: () => play({ seconds: 3, parts: ['pad'] }),
      }),
    },
    { file: 'Route – Nordtind.svg', campaign: 1, tags: ['map', 'summer'], make: vector(scene.drawRoute) },
    {
      file: 'Summer layers – cut.mov',
      campaign: 1,
      tags: ['summer', 'landscape', 'closing_frame'],
      make: film({
        stills: ['Blue hour layers.jpg', 'Forest in fog.webp'],
        secondsEach: 3,
        play: () => play({ seconds: 6, tempo: 92, parts: ['arpeggio', 'bass', 'pad'] }),
      }),
    },
    {
      file: 'Brand book 2026.pdf',
      campaign: null,
      tags: ['brand', 'guidelines'],
      make: brandBook(brand, {
        story: [
          'Nordlys is made on an island where the sun does not rise from November to January. It is the best time to go out.',
          'We make few things: a tent, a lamp, a flask, a coat. Each has a number, and the number is how many winters we tried it.',
          'Our pictures are dark, wide and almost empty. There is one warm point in each of them, and that is you.',
        ],
        voice: [
          ['Stay out longer.', 'Conquer the extreme'],
          ['Fourteen hours warm.', 'Revolutionary insulation'],
          ['It packs to a loaf.', 'Ultra-compact performance'],
          ['Bring a friend.', 'For the fearless few'],
        ],
        pictures: ['Northern lights over Storskar.jpg', 'Lake mirror.jpg', 'Flask 750 – signal.jpg'],
      }),
    },
    {
      file: 'Moodboard – after dark.jpg',
      campaign: 0,
      tags: ['moodboard'],
      make: board(brand, [
        'Camp at dusk.jpg',
        'Northern lights over Storskar.jpg',
        'Lake mirror.jpg',
        'Forest in fog.webp',
        'Contour lines.png',
        'Flask 750 – signal.jpg',
      ]),
    },
    {
      file: 'Brief – Stay out longer.pdf',
      campaign: 0,
      tags: ['brief'],
      make: brief(brand, {
        campaign: stayOut,
        deliverables: [
          ['Key visual', '3:2, JPEG, night', '1 Sep'],
          ['Film', '8 s, 16:9 and 9:16', '12 Sep'],
          ['Poster', '2:3, print-ready', '15 Sep'],
          ['Flask studio shots', '4:5, two colours', '18 Sep'],
          ['Sound', 'Theme of 28 s, stems', '25 Sep'],
        ],
      }),
    },
    {
      file: 'Shot list – Storskar.txt',
      campaign: 0,
      tags: ['script', 'shot list'],
      make: plainText([
        'NORDLYS OUTDOOR',
        'Stay out longer: shot list, Storskar, two nights',
        '',
        '01  Ridge, wide. Blue hour. One lamp.',
        '02  Tent from above, breath visible.',
        '03  Hands and flask. No faces.',
        '04  The lights, if they come. Wait until three.',
        '05  Lake, still. Nobody in the frame.',
        '06  End frame: dark, then the mark.',
      ]),
    },
    {
      file: 'End frame.png',
      campaign: null,
      tags: ['closing_frame', 'brand'],
      make: picture(scene.drawEndFrame, { width: 1920, soft: true }),
    },
    {
      file: 'Wind bed.wav',
      campaign: null,
      tags: ['music', 'bed'],
      make: tune(() => play({ seconds: 12, parts: ['pad'] })),
    },
    {
      file: 'Summit sting.mp3',
      campaign: 1,
      tags: ['music', 'sting', 'summer'],
      make: tune(() => play({ seconds: 5, tempo: 110, parts: ['arpeggio', 'pulse'] })),
    },
  ],
};
