/** Remembers uploads that are under way, so that they go on after the program has ended. */
export interface ResumeStore {
  /** The address of the upload that goes by this fingerprint; null when none is known. */
  get(fingerprint: string): Promise<string | null>;
  set(fingerprint: string, address: string): Promise<void>;
  delete(fingerprint: string): Promise<void>;
}
