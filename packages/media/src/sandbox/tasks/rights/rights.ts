/** Whose a picture is: what has to stay with it in every size. */
export interface Rights {
  readonly creator?: string | undefined;
  readonly copyright?: string | undefined;
  readonly credit?: string | undefined;
}
