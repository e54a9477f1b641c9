import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError, type Inspection, type MediaInspector } from '@vitrine/core';

/** Inspects a file under its own or another name. */
export async function inspectFile(
  inspector: MediaInspector,
  path: string,
  fileName = basename(path),
): Promise<Inspection> {
  return inspector.inspect({ path, fileName, size: (await stat(path)).size });
}

/** The refusal of a file; fails when it is taken, or when something else than an AppError is thrown. */
export async function refusalOf(
  inspector: MediaInspector,
  path: string,
  fileName?: string,
): Promise<AppError> {
  let facts: Inspection;
  try {
    facts = await inspectFile(inspector, path, fileName);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`${basename(path)} was taken as ${JSON.stringify(facts)}.`);
}
