import { homedir } from 'node:os';
import path from 'node:path';
import { createVitrineClient, type FileOutcome, fileResumeStore, isVitrineError } from '@vitrine/client';
import { readEnv, SettingsError } from '../config/env.ts';
import type { UploadJob, UploadOutcome } from './upload-outcome.ts';

/** Where uploads under way are remembered, of whatever server. */
const resumeFile = path.join(homedir(), '.vitrine', 'uploads.json');

function told(outcome: FileOutcome): UploadOutcome {
  const file = String(outcome.file);
  if (outcome.ok) return { file, ok: true, outcome: outcome.outcome, asset: outcome.asset };
  const { error } = outcome;
  return isVitrineError(error)
    ? { file, ok: false, code: error.code, detail: error.detail }
    : { file, ok: false, code: 'unavailable', detail: error.message };
}

/**
 * Sends files to a server, four at a time; outcomes in the order of the files. Large files go on where an earlier run ended. Fails with a
 * SettingsError without a key.
 */
export async function uploadThere(
  { files, target, onOutcome }: UploadJob,
  server: string,
): Promise<UploadOutcome[]> {
  const apiKey = readEnv().VITRINE_API_KEY;
  if (!apiKey) throw new SettingsError(`VITRINE_API_KEY: set it to an API key of ${server}.`);
  const vitrine = createVitrineClient({ url: server, apiKey });
  const outcomes = await vitrine.uploadFiles(
    files.map(({ file, folder }) => ({ file, ...(folder !== null && { path: folder }) })),
    {
      clientId: target.client,
      ...(target.campaign !== undefined && { campaignId: target.campaign }),
      tags: target.tag,
      resume: fileResumeStore(resumeFile),
      onOutcome: (outcome) => onOutcome(told(outcome)),
    },
  );
  return outcomes.map(told);
}
