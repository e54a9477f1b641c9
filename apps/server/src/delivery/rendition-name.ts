/** What something made of a file is saved as: `pour-over.mp4` and `poster.webp` give `pour-over.poster.webp`. */
export function renditionName(assetName: string, ending: string): string {
  return `${assetName.replace(/\.[^.]{1,5}$/, '')}.${ending}`;
}
