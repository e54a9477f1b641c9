import { drawLogo } from '../drawing/logo.ts';
import { board } from '../make/board.ts';
import { brandBook } from '../make/brand-book.ts';
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
import { orielBrand as brand } from './oriel-brand.ts';
import * as scene from './oriel-scenes.ts';

const theme: Piece = {
  tempo: 66,
  seconds: 26,
  seed: 5,
  chords: [
    [53, 60, 64, 69],
    [52, 59, 64, 67],
    [50, 57, 60, 65],
    [48, 55, 62, 64],
  ],
  parts: ['pad', 'arpeggio', 'melody'],
};
const play = (changes: Partial<Piece>) => {
  const piece = { ...theme, ...changes };
  return synthesize(compose(piece), piece.seconds);
};

/** Maison Oriel. */
export const oriel: ClientRecipe = {
  folder: 'oriel',
  input: {
    name: brand.name,
    description:
      'Skincare and scent from a walled garden near Grasse. Fourteen plants, one still, no more than four hundred bottles of anything.',
    brandGuidelines: {
      colors: brand.palette.map(([, color]) => color),
      fonts: [...brand.fontNames],
      styleKeywords: ['botanical', 'soft', 'tactile', 'pastel architecture'],
    },
  },
  campaigns: [
    {
      input: {
        name: 'The garden, distilled',
        goal: 'Launch the first eau de parfum in forty selected shops.',
        status: 'active',
        brief: {
          objective:
            'Let people see a scent: a set of arches, petals and silk that stays in the mind for longer than a face.',
          targetAudience: 'Women and men over thirty who have one scent and might allow a second.',
          keyMessages: [
            'Fourteen plants, one garden.',
            'Four hundred bottles.',
            'It smells of the hour after rain.',
          ],
        },
      },
    },
  ],
  assets: [
    {
      file: 'The set.jpg',
      campaign: 0,
      tags: ['background', 'first_frame', 'set'],
      make: picture(scene.drawSet, { width: 3000, grain: 3 }),
    },
    {
      file: 'Eau de parfum – hero.jpg',
      campaign: 0,
      tags: ['product_shot', 'subject', 'parfum'],
      make: picture(scene.drawScent, { width: 2400, soft: true, grain: 3 }),
    },
    {
      file: 'Falling petals.jpg',
      campaign: 0,
      tags: ['transition', 'petals'],
      make: picture(scene.drawPetals, { width: 2560, soft: true, grain: 5 }),
    },
    {
      file: 'Crème de nuit.jpg',
      campaign: null,
      tags: ['product_shot', 'skincare', 'square'],
      make: picture(scene.drawCream, { width: 2000, soft: true, grain: 3 }),
    },
    {
      file: 'The garden – film.mp4',
      campaign: 0,
      tags: ['film', 'first_frame', 'parfum'],
      make: film({
        stills: ['The set.jpg', 'Falling petals.jpg', 'Eau de parfum – hero.jpg'],
        secondsEach: 3,
        play: () => play({ seconds: 8 }),
      }),
    },
    {
      file: 'Silk – blush.jpg',
      campaign: null,
      tags: ['background', 'silk'],
      make: picture(scene.drawSilkBlush, { width: 3000, grain: 5 }),
    },
    {
      file: 'Poster – The garden, distilled.png',
      campaign: 0,
      tags: ['poster', 'print'],
      make: picture(scene.drawPoster, { width: 1800, soft: true }),
    },
    {
      file: 'Leaf shadows – duotone.jpg',
      campaign: 0,
      tags: ['background', 'botanical'],
      make: picture(scene.drawShadows, { width: 2000, soft: true, grain: 7 }),
    },
    {
      file: 'The garden – theme.mp3',
      campaign: 0,
      tags: ['use_full_audio', 'music'],
      make: tune(() => play({})),
    },
    {
      file: 'Maison Oriel logo.svg',
      campaign: null,
      tags: ['brand_logo', 'logo'],
      make: vector(() => drawLogo(brand, { color: brand.ink, ground: brand.paper })),
    },
    {
      file: 'Herbarium.webp',
      campaign: null,
      tags: ['illustration', 'botanical'],
      make: picture(scene.drawHerbarium, { width: 1800 }),
    },
    {
      file: 'Silk – plum.jpg',
      campaign: 0,
      tags: ['background', 'silk', 'transition'],
      make: picture(scene.drawSilkPlum, { width: 2560, grain: 6 }),
    },
    {
      file: 'Silk loop.webm',
      campaign: null,
      tags: ['background', 'loop', 'silk'],
      make: film({
        stills: ['Silk – plum.jpg'],
        secondsEach: 4,
        play: () => play({ seconds: 4, parts: ['pad'] }),
      }),
    },
    {
      file: 'Tissue paper.png',
      campaign: null,
      tags: ['pattern', 'packaging'],
      make: picture(scene.drawTissue, { width: 1600 }),
    },
    {
      file: 'Moodboard – the garden.jpg',
      campaign: 0,
      tags: ['moodboard'],
      make: board(brand, [
        'Eau de parfum – hero.jpg',
        'The set.jpg',
        'Leaf shadows – duotone.jpg',
        'Silk – blush.jpg',
        'Tissue paper.png',
        'Falling petals.jpg',
      ]),
    },
    {
      file: 'Brand book 2026.pdf',
      campaign: null,
      tags: ['brand', 'guidelines'],
      make: brandBook(brand, {
        story: [
          'The garden was planted in 1911 by a pharmacist who disliked perfume. He grew fourteen plants, and we have not added one.',
          'What we distil in a year fits on one shelf. When it is gone, we write a card to those who asked.',
          'Our pictures are built, not found: arches, steps and balls in the colours of the walls at noon.',
        ],
        voice: [
          ['The hour after rain.', 'A sensual explosion'],
          ['Four hundred bottles.', 'Exclusive luxury'],
          ['For the night.', 'Anti-ageing miracle'],
          ['Fourteen plants.', 'Powered by nature'],
        ],
        pictures: ['Eau de parfum – hero.jpg', 'The set.jpg', 'Silk – blush.jpg'],
      }),
    },
    {
      file: 'Copy deck – The garden.docx',
      campaign: 0,
      tags: ['copy'],
      make: copyDeck(brand, 'The garden, distilled — copy deck', [
        {
          title: 'Bottle and box',
          lines: [
            ['Box, front', 'Oriel — eau de parfum'],
            ['Box, inside the lid', 'It smells of the hour after rain.'],
            ['Card', 'One of four hundred.'],
          ],
        },
        {
          title: 'Shop',
          lines: [
            ['Counter', 'Fourteen plants, one garden.'],
            ['Window', 'The garden, distilled.'],
          ],
        },
      ]),
    },
    {
      file: 'Voice-over – script.txt',
      campaign: 0,
      tags: ['script'],
      make: plainText([
        'MAISON ORIEL',
        'The garden, distilled: voice-over, 8 seconds',
        '',
        '(Silk. A breath.)',
        'VOICE   After the rain, the wall is warm.',
        '        Everything behind it is awake.',
        '',
        '(The mark.)',
        'VOICE   Oriel.',
      ]),
    },
    {
      file: 'End frame.png',
      campaign: null,
      tags: ['closing_frame', 'brand'],
      make: picture(scene.drawEndFrame, { width: 1920 }),
    },
    {
      file: 'End frame – animated.mov',
      campaign: 0,
      tags: ['closing_frame', 'brand'],
      make: film({
        stills: ['End frame.png'],
        secondsEach: 3,
        play: () => play({ seconds: 3, parts: ['melody', 'pad'] }),
      }),
    },
    {
      file: 'Guide voice – Claire.wav',
      campaign: 0,
      tags: ['voice_sample'],
      make: tune(() =>
        hum([
          { vowel: 'a', pitch: 232, length: 0.5 },
          { vowel: 'e', pitch: 250, length: 0.45 },
          { vowel: 'a', pitch: 236, length: 0.55 },
          { vowel: 'i', pitch: 262, length: 0.5 },
          { vowel: 'o', pitch: 220, length: 0.9 },
        ]),
      ),
    },
    {
      file: 'Sonic logo.m4a',
      campaign: null,
      tags: ['music', 'jingle'],
      make: tune(() => play({ seconds: 4, tempo: 90, parts: ['melody', 'pad'] })),
    },
  ],
};
