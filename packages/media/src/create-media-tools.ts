import { availableParallelism } from 'node:os';
import type { MediaInspector, MediaRenderer, TextReader } from '@vitrine/core';
import { createMediaInspector } from './create-media-inspector.ts';
import { createMediaRenderer } from './create-media-renderer.ts';
import { createSandbox } from './sandbox/create-sandbox.ts';
import { createGate } from './sandbox/gate.ts';
import type { ToolConfinement } from './sandbox/tool-confinement.ts';
import { createToolRunner } from './sandbox/tool-runner.ts';
import { createTextReader } from './text/create-text-reader.ts';

export interface MediaToolsOptions {
  /** How long one file may take in a sandbox process. Default 10,000. */
  readonly timeoutMs?: number;
  /** How many processes and programs may be at work at once; default: as many as there are processors, at least 2. */
  readonly processes?: number;
  /** Where programs get their private folders; default: the system's temporary folder. */
  readonly scratch?: string;
  /** Folders that no external program may see. */
  readonly hidden?: readonly string[];
  /** Where external programs are looked for, as in PATH; default: the system's folders. */
  readonly searchPath?: string;
  /** Told the id of each sandbox process that starts, for a log. */
  readonly onProcessStart?: (processId: number) => void;
}

/** Everything that opens users' files, behind one gate. Closing either ends all processes and programs. */
export interface MediaTools {
  readonly inspector: MediaInspector;
  readonly renderer: MediaRenderer;
  readonly texts: TextReader;
  /**
   * How external programs are confined on this machine: `namespace` is everything; with `limits` (the kernel forbids namespaces) or
   * `none` (not Linux) a program that is taken over can do what the server can.
   */
  confinement(): Promise<ToolConfinement>;
}

export function createMediaTools(options: MediaToolsOptions = {}): MediaTools {
  const {
    timeoutMs = 10_000,
    processes = Math.max(2, availableParallelism()),
    scratch,
    hidden,
    searchPath,
  } = options;
  const gate = createGate(processes);
  const sandbox = createSandbox({ timeoutMs, gate, onProcessStart: options.onProcessStart });
  const tools = createToolRunner({ gate, scratch, hidden, searchPath });
  async function close(): Promise<void> {
    gate.close();
    await Promise.all([sandbox.close(), tools.close()]);
  }
  return {
    inspector: { ...createMediaInspector({ sandbox, timeoutMs }), close },
    confinement: () => tools.confinement(),
    renderer: { ...createMediaRenderer({ gate, sandbox, tools }), close },
    texts: createTextReader({ sandbox, tools }),
  };
}
