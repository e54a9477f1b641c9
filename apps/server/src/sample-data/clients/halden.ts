import { drawLogo } from '../drawing/logo.ts';
import { animation } from '../make/animation.ts';
import { board } from '../make/board.ts';
import { brandBook } from '../make/brand-book.ts';
import { brief } from '../make/brief.ts';
import { copyDeck } from '../make/copy-deck.ts';
import { film } from '../make/film.ts';
import { picture } from '../make/picture.ts';
import { plainText } from '../make/plain-text.ts';
import type { ClientRecipe } from '../make/recipe.ts';
import { tune } from '../make/tune.ts';
import { vector } from '../make/vector.ts';
import { compose, type Piece } from '../music/compose.ts';
import { hum } from '../music/hum.ts';
import { synthesize } from '../music/synthesize.ts';
import type { SampleCampaign } from '../sample-library.ts';
import { haldenBrand as brand } from './halden-brand.ts';
import * as scene from './halden-scenes.ts';

const winter: SampleCampaign = {
  input: {
    name: 'Winter Roast',
    goal: 'Sell out the limited roast before the holidays.',
    status: 'active',
    brief: {
      objective:
        'Introduce the Winter Roast as the coffee one takes time for, and move 9,000 bags through the cafés and the subscription by 20 December.',
      targetAudience:
        'City people of 28 to 45 who grind at home, buy bread from a baker and read the back of the bag.',
      keyMessages: [
        'Roasted this week, for this week.',
        'Plum, cacao and a little clove.',
        'A slow morning is not a luxury.',
      ],
    },
  },
};

const cafes: SampleCampaign = {
  input: {
    name: 'Neighbourhood cafés',
    goal: 'Open the thirteenth café with a full room.',
    status: 'draft',
    brief: {
      objective: 'Make the opening in the harbour quarter feel like the return of an old friend.',
      targetAudience: 'Everyone within a ten-minute walk.',
      keyMessages: ['Your first cup is on the house.', 'Open from six.'],
    },
  },
};

const theme: Piece = {
  tempo: 84,
  seconds: 24,
  seed: 2,
  chords: [
    [50, 57, 60, 65],
    [55, 59, 62, 65],
    [48, 55, 59, 64],
    [57, 60, 64, 67],
  ],
  parts: ['pad', 'bass', 'arpeggio', 'melody'],
};
const play = (changes: Partial<Piece>) => {
  const piece = { ...theme, ...changes };
  return synthesize(compose(piece), piece.seconds);
};

/** Halden Coffee Roasters. */
export const halden: ClientRecipe = {
  folder: 'halden',
  input: {
    name: brand.name,
    description:
      'A roastery in the hills above the city with twelve cafés. They buy from nineteen farms they know by name, roast on Mondays and Thursdays, and think of the first cup as the best quarter of an hour of the day.',
    brandGuidelines: {
      colors: brand.palette.map(([, color]) => color),
      fonts: [...brand.fontNames],
      styleKeywords: ['warm', 'unhurried', 'analogue', 'late morning light'],
    },
  },
  campaigns: [winter, cafes],
  assets: [
    {
      file: 'Winter Roast – hero 4x5.jpg',
      campaign: 0,
      tags: ['product_shot', 'first_frame', 'winter', 'hero'],
      make: picture(scene.drawHero, { width: 2400, soft: true, grain: 6 }),
    },
    {
      file: 'Slow mornings – film.mp4',
      campaign: 0,
      tags: ['winter', 'film', 'first_frame'],
      make: film({
        stills: ['Steam in the dark.jpg', 'Winter Roast – hero 4x5.jpg', 'End frame.png'],
        secondsEach: 3,
        play: () => play({ seconds: 8 }),
      }),
    },
    {
      file: 'Highlands at first light.jpg',
      campaign: null,
      tags: ['background', 'farm', 'landscape'],
      make: picture(scene.drawHighlands, { width: 3000, grain: 7 }),
    },
    {
      file: 'Flat white from above.jpg',
      campaign: 1,
      tags: ['subject', 'café', 'square'],
      make: picture(scene.drawFlatWhite, { width: 2000, grain: 5 }),
    },
    {
      file: 'Halden logo.svg',
      campaign: null,
      tags: ['brand_logo', 'logo'],
      make: vector(() => drawLogo(brand, { color: brand.ink, ground: brand.paper })),
    },
    {
      file: 'The range.jpg',
      campaign: null,
      tags: ['product_shot', 'range', 'shop'],
      make: picture(scene.drawRange, { width: 3000, grain: 5 }),
    },
    {
      file: 'Poster – Slow mornings.png',
      campaign: 0,
      tags: ['winter', 'poster', 'print'],
      make: picture(scene.drawPoster, { width: 2000 }),
    },
    {
      file: 'Slow mornings – theme.mp3',
      campaign: 0,
      tags: ['use_full_audio', 'music', 'winter'],
      make: tune(() => play({})),
    },
    {
      file: 'Steam in the dark.jpg',
      campaign: 0,
      tags: ['background', 'transition', 'winter'],
      make: picture(scene.drawSteam, { width: 2800, soft: true, grain: 7 }),
    },
    {
      file: 'Brand book 2026.pdf',
      campaign: null,
      tags: ['brand', 'guidelines'],
      make: brandBook(brand, {
        story: [
          'Halden began in 1998 with a drum roaster in a barn and a customer list of forty. Both are still in use.',
          'We roast lighter than our grandparents and darker than our children. What we look for is the moment in which a coffee tastes of where it grew and not yet of the fire.',
          'Everything we make, from a bag to a café, should feel as if somebody had a little more time than usual.',
        ],
        voice: [
          ['Take the long way.', 'Boost your morning!'],
          ['Roasted on Thursday.', 'Unmatched freshness'],
          ['Ana grows this one.', 'Ethically sourced'],
          ['It tastes of plums.', 'A symphony of flavours'],
        ],
        pictures: ['Winter Roast – hero 4x5.jpg', 'Highlands at first light.jpg', 'The range.jpg'],
      }),
    },
    {
      file: 'Feed – Take the long way.webp',
      campaign: 1,
      tags: ['social', 'square', 'café'],
      make: picture(scene.drawSocial, { width: 1600, soft: true }),
    },
    {
      file: 'Steam loop.webm',
      campaign: 0,
      tags: ['transition', 'loop', 'winter'],
      make: film({
        stills: ['Steam in the dark.jpg'],
        secondsEach: 4,
        play: () => play({ seconds: 4, parts: ['pad'] }),
      }),
    },
    {
      file: 'Bean pattern.webp',
      campaign: null,
      tags: ['background', 'pattern', 'packaging'],
      make: picture(scene.drawBeanPattern, { width: 2000 }),
    },
    {
      file: 'Sunrise sticker.gif',
      campaign: 1,
      tags: ['social', 'sticker'],
      make: animation(scene.drawSunLoop, 24),
    },
    {
      file: 'Moodboard – winter.jpg',
      campaign: 0,
      tags: ['moodboard', 'winter'],
      make: board(brand, [
        'Winter Roast – hero 4x5.jpg',
        'Highlands at first light.jpg',
        'Steam in the dark.jpg',
        'Flat white from above.jpg',
        'Bean pattern.webp',
        'Poster – Slow mornings.png',
      ]),
    },
    {
      file: 'Brief – Winter Roast.pdf',
      campaign: 0,
      tags: ['brief', 'winter'],
      make: brief(brand, {
        campaign: winter,
        deliverables: [
          ['Hero photograph', '4:5 and 16:9, JPEG', '2 Oct'],
          ['Film', '8 s, 16:9, MP4 with music', '16 Oct'],
          ['Poster', 'A1, print-ready', '20 Oct'],
          ['Copy deck', 'Shop, bag, feed', '23 Oct'],
          ['Radio spot', '20 s, script and guide voice', '30 Oct'],
        ],
      }),
    },
    {
      file: 'Copy deck – Winter Roast.docx',
      campaign: 0,
      tags: ['copy', 'winter'],
      make: copyDeck(brand, 'Winter Roast — copy deck', [
        {
          title: 'Bag',
          lines: [
            ['Front', 'Winter Roast'],
            ['Notes', 'Plum, cacao, clove'],
            ['Back', 'Three farms, one valley, and a roast that takes its time. Best from day five.'],
          ],
        },
        {
          title: 'Café',
          lines: [
            ['Window', 'It is cold. Come in.'],
            ['Menu board', 'Winter Roast, as filter or flat white'],
            ['Sleeve', 'Careful: slow.'],
          ],
        },
        {
          title: 'Feed',
          lines: [
            ['Launch', 'Take the long way to your first cup.'],
            ['Reminder', 'Roasted on Thursday. Gone by Tuesday.'],
          ],
        },
      ]),
    },
    {
      file: 'Radio spot – script.txt',
      campaign: 0,
      tags: ['script', 'radio', 'winter'],
      make: plainText([
        'HALDEN COFFEE ROASTERS',
        'Radio spot, 20 seconds: "The kettle"',
        '',
        '(A kitchen. A kettle, far from boiling.)',
        'VOICE   You could have instant.',
        '(A pause. The kettle thinks about it.)',
        'VOICE   You could also have this quarter of an hour.',
        '(Water on coffee. A long breath.)',
        'VOICE   The Winter Roast. Plum, cacao, a little clove.',
        '        Halden. Slow mornings, well roasted.',
        '',
        '(Theme, two bars, out.)',
      ]),
    },
    {
      file: 'End frame.png',
      campaign: null,
      tags: ['closing_frame', 'brand'],
      make: picture(scene.drawEndFrame, { width: 1920 }),
    },
    {
      file: 'Jingle – two bars.wav',
      campaign: null,
      tags: ['music', 'jingle'],
      make: tune(() => play({ seconds: 6, tempo: 96, parts: ['arpeggio', 'melody'] })),
    },
    {
      file: 'Guide voice – Ida.m4a',
      campaign: 0,
      tags: ['voice_sample', 'radio'],
      make: tune(() =>
        hum([
          { vowel: 'o', pitch: 205, length: 0.42 },
          { vowel: 'a', pitch: 226, length: 0.5 },
          { vowel: 'i', pitch: 240, length: 0.36 },
          { vowel: 'e', pitch: 214, length: 0.6 },
          { vowel: 'u', pitch: 196, length: 0.7 },
          { vowel: 'a', pitch: 228, length: 0.4 },
          { vowel: 'o', pitch: 212, length: 0.45 },
          { vowel: 'i', pitch: 236, length: 0.38 },
          { vowel: 'a', pitch: 190, length: 0.9 },
        ]),
      ),
    },
    {
      file: 'Halden mark.png',
      campaign: null,
      tags: ['brand_logo', 'mark', 'transparent'],
      make: picture(() => drawLogo(brand, { color: brand.primary, markOnly: true }), {
        width: 1200,
        alpha: true,
      }),
    },
  ],
};
