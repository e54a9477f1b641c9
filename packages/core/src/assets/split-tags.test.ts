import { describe, expect, it } from 'vitest';
import { AppError } from '../app-error.ts';
import { splitTags } from './split-tags.ts';

describe('tags of an upload', () => {
  it('are sorted into roles and free tags, each once', () => {
    expect(splitTags('image', ['Harbour', 'first_frame', 'HARBOUR', 'first_frame', 'dawn'])).toEqual({
      roles: ['first_frame'],
      tags: ['Harbour', 'dawn'],
    });
  });

  it('that name a role of another kind are refused, with the place and the roles that would do', () => {
    expect(() => splitTags('audio', ['jingle', 'first_frame'])).toThrow(AppError);
    expect(() => splitTags('audio', ['jingle', 'first_frame'])).toThrow(
      "tags.1: 'first_frame' is a role that audio assets cannot carry; theirs are use_full_audio, voice_sample.",
    );
    expect(() => splitTags('document', ['subject'])).toThrow('document assets cannot carry.');
  });
});
