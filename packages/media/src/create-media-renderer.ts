import { access, constants } from 'node:fs/promises';
import {
  AppError,
  type MediaRenderer,
  type Rendered,
  type RenderOptions,
  type RenderSource,
} from '@vitrine/core';
import { type Preset, presetsOf } from '@vitrine/schema';
import { renderDocument } from './pages/render-document.ts';
import { renderImage } from './pictures/render-image.ts';
import { Refusal } from './refusal.ts';
import type { Sandbox } from './sandbox/create-sandbox.ts';
import type { Gate } from './sandbox/gate.ts';
import type { ToolRunner } from './sandbox/tool-runner.ts';
import { renderPoster } from './video/render-poster.ts';
import { renderSprite } from './video/render-sprite.ts';
import { decodingMs, renderAudio } from './waveform/render-audio.ts';

export interface RendererParts {
  readonly gate: Gate;
  readonly sandbox: Sandbox;
  readonly tools: ToolRunner;
}

type Outcomes = AsyncGenerator<Rendered, void, undefined>;

/** Runs a generator to its end within a session, whose folder must outlive it. */
async function collected(outcomes: Outcomes): Promise<Rendered[]> {
  return Array.fromAsync(outcomes);
}

export function createMediaRenderer({ gate, sandbox, tools }: RendererParts): Omit<MediaRenderer, 'close'> {
  async function* made(source: RenderSource, options: RenderOptions): Outcomes {
    const { path, size, facts } = source;
    const { stage, posterMs, urgent, signal } = options;
    // Every request of this file goes in the line that its hurry gives it.
    const hurried: Sandbox = {
      run: (request) => gate.pass({ urgent, signal }, () => sandbox.run(request)),
      close: () => sandbox.close(),
    };
    const session = { path, extension: facts.format, urgent, signal };
    switch (facts.type) {
      case 'image':
        yield* renderImage(hurried, { path, facts, stage });
        return;
      case 'video':
        yield* await tools.withInput(session, (opened) => {
          const parts = { session: opened, sandbox };
          return collected(
            stage === 'first' ? renderPoster(parts, { facts, posterMs }) : renderSprite(parts, facts),
          );
        });
        return;
      case 'audio':
        if (stage === 'rest') return;
        yield* await tools.withInput({ ...session, wallMs: decodingMs({ facts, size }) }, (opened) =>
          collected(renderAudio({ session: opened, sandbox }, { facts, size })),
        );
        return;
      case 'document':
        yield* renderDocument({ sandbox: hurried, tools }, { path, facts, stage, urgent, signal });
        return;
      default:
        facts satisfies never;
    }
  }

  return {
    async *render(source, options) {
      const missing = new Set<Preset>(presetsOf(source.facts)[options.stage]);
      try {
        for await (const rendered of made(source, options)) {
          options.signal?.throwIfAborted();
          missing.delete(rendered.preset);
          yield rendered;
        }
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!(error instanceof Refusal)) throw error;
        // A file that is no longer there, or not to be had, is not at fault.
        await access(source.path, constants.R_OK);
        for (const preset of missing) yield { state: 'failed', preset, reason: error.message };
        return;
      }
      if (missing.size > 0) throw new AppError('internal', `Nothing was made of ${[...missing].join(', ')}.`);
    },
  };
}
