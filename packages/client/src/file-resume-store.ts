import { openResumeStore } from '#upload-transport';
import type { ResumeStore } from './resume-store.ts';

/** Uploads under way, in a JSON file that is made when it is needed; for one program at a time. Needs Node. */
export const fileResumeStore: (file: string) => ResumeStore = openResumeStore;
