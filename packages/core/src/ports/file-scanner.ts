/** What a scan says of a file. */
export type ScanVerdict = { readonly clean: true } | { readonly clean: false; readonly reason: string };

/** Looks for what must not come in, before an asset of it exists. Rejects with `unavailable` when it cannot tell: then nothing comes in. */
export interface FileScanner {
  scan(path: string): Promise<ScanVerdict>;
}
