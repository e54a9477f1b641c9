import type { StagedBlob } from '@vitrine/core';
import type { Request } from 'express';
import type { StorageEngine } from 'multer';

export interface StagedUpload {
  readonly staged: StagedBlob;
  readonly fileName: string;
}

export interface MultipartStorageOptions {
  /** Called with the fields that came before the file, before its bytes are read; a rejection refuses the upload. */
  readonly beforeBytes: (fields: unknown) => Promise<void>;
  readonly stage: (stream: NodeJS.ReadableStream & Express.Multer.File['stream']) => Promise<StagedBlob>;
  readonly discard: (staged: StagedBlob) => Promise<void>;
  /** Told at once when the file is refused; multer itself says so only when the whole body has been sent. */
  readonly onRefused: (error: unknown) => void;
  /** Told once the bytes are staged. */
  readonly onStaged: (upload: StagedUpload) => void;
}

/** Streams the file part straight into the staging area; nothing is buffered and multer never writes a file. */
export function multipartStorage(options: MultipartStorageOptions): StorageEngine {
  let last: StagedBlob | null = null;
  return {
    _handleFile(request: Request, file, done) {
      const receive = async () => {
        await options.beforeBytes(request.body);
        last = await options.stage(file.stream);
        options.onStaged({ staged: last, fileName: file.originalname });
        return last;
      };
      receive().then(
        (staged) => done(null, { size: staged.size }),
        (error: unknown) => {
          options.onRefused(error);
          done(error);
        },
      );
    },
    _removeFile(_request, _file, done) {
      const staged = last;
      last = null;
      if (!staged) return done(null);
      options.discard(staged).then(() => done(null), done);
    },
  };
}
