import { asUuid } from './legacy-id.ts';
import type { FileNames, LegacyRow, LegacyValue } from './legacy-source.ts';

/** A row of any table of assets, by what its columns mean. */
export interface LegacyAsset {
  readonly userKey: string | null;
  readonly clientKey: string | null;
  readonly campaignKey: string | null;
  readonly name: LegacyValue;
  readonly uploadedAt: LegacyValue;
  readonly tags: LegacyValue;
  readonly sourceUrl: string | null;
  readonly blobKey: string | null;
  readonly thumbnailBlobKey: string | null;
  readonly files: FileNames;
  /** What the row said of its bytes, by the names that the report uses; what it did not say is not in it. */
  readonly claims: Readonly<Record<string, LegacyValue>>;
}

const uuidInText = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** A column's text, or null where it says nothing. */
const textOf = (value: LegacyValue | undefined) => {
  const text = value === null || value === undefined ? '' : String(value).trim();
  return text === '' ? null : text;
};

/** The path of an address, without what is no path; an address of elsewhere has one too, whose name may lie in the folder. */
function pathOf(url: string | null): string[] {
  if (!url || url.startsWith('data:')) return [];
  const [path = ''] = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').split(/[?#]/);
  try {
    return [decodeURIComponent(path)];
  } catch {
    return [path];
  }
}

const extensionIn = (text: string | null) => /\.([a-z0-9]{1,10})$/i.exec(text ?? '')?.[1] ?? null;

/** Reads a row by the names of its columns, which each generation of the old system had in another order and number. */
export function readLegacyAsset({ id: named, values }: LegacyRow): LegacyAsset {
  const told = (...names: string[]) => {
    const found = names.map((name) => values[name]).filter((value) => value !== undefined);
    return found.find((value) => value !== null) ?? found[0];
  };
  const first = (...names: string[]) => told(...names) ?? null;
  const url = textOf(values['url']);
  const stored = [textOf(values['local_path']), textOf(values['file_path'])].filter((path) => path !== null);
  const id = asUuid(named);
  const inUrl = [...(url?.matchAll(uuidInText) ?? [])].map(([found]) => found);
  const format = textOf(first('format', 'file_type', 'mime_type'));
  const said = {
    type: told('asset_type', 'type'),
    format: values['format'],
    mimeType: told('mime_type', 'file_type'),
    size: told('size', 'file_size', 'size_bytes'),
    width: values['width'],
    height: values['height'],
    duration: values['duration'],
    pageCount: values['page_count'],
  };
  // What a generation had no column for, it did not say.
  const claims: Record<string, LegacyValue> = {};
  for (const [name, value] of Object.entries(said)) if (value !== undefined) claims[name] = value;
  return {
    userKey: textOf(values['user_id']),
    clientKey: textOf(values['client_id']),
    campaignKey: textOf(values['campaign_id']),
    name: first('name', 'filename') ?? pathOf(url)[0]?.split('/').at(-1) ?? null,
    uploadedAt: first('uploaded_at', 'created_at'),
    tags: first('tags'),
    sourceUrl: textOf(values['source_url']),
    blobKey: textOf(values['blob_id']),
    thumbnailBlobKey: textOf(values['thumbnail_blob_id']),
    files: {
      stems: [...new Set([named, ...(id ? [id, id.replaceAll('-', '')] : []), ...inUrl])],
      paths: [...stored, ...pathOf(url)],
      extension: (format && /^[a-z0-9]{1,10}$/i.test(format) ? format : null) ?? extensionIn(url),
    },
    claims,
  };
}
