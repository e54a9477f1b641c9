import { access, constants } from 'node:fs/promises';
import type { DocumentFile, TextReader } from '@vitrine/core';
import { convertToText, officeMs } from '../pages/office-converter.ts';
import { Refusal } from '../refusal.ts';
import type { Sandbox } from '../sandbox/create-sandbox.ts';
import type { ToolRunner } from '../sandbox/tool-runner.ts';

export interface TextReaderParts {
  readonly sandbox: Sandbox;
  readonly tools: ToolRunner;
}

/** What neither an index nor a database takes: halves of characters, NUL. */
const cleaned = (text: string) => text.toWellFormed().replaceAll('\0', ' ');

export function createTextReader({ sandbox, tools }: TextReaderParts): TextReader {
  async function textOf({ path, format }: DocumentFile, signal: AbortSignal | undefined): Promise<string> {
    switch (format) {
      case 'pdf':
      case 'docx':
      case 'txt':
        return (await sandbox.run({ task: 'words', path, format })).text;
      case 'doc':
        return tools.withInput(
          { path, extension: format, urgent: false, signal, wallMs: officeMs },
          async (session) => {
            const converted = await convertToText(session);
            if (converted === null) return '';
            return (await sandbox.run({ task: 'words', path: converted, format: 'txt' })).text;
          },
        );
      default:
        return '';
    }
  }

  return {
    async read(file, { signal }) {
      try {
        return cleaned(await textOf(file, signal));
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof Refusal)) throw error;
        // A file that is no longer there, or not to be had, is not at fault.
        await access(file.path, constants.R_OK);
        return '';
      }
    },
  };
}
