import sharp from 'sharp';

/** A real PNG; `seed` makes the bytes differ. */
export async function smallPng(seed = 0, width = 40, height = 30): Promise<Buffer> {
  const background = { r: seed % 256, g: (seed >> 8) % 256, b: (seed >> 16) % 256 };
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

export interface Part {
  readonly name: string;
  readonly value: string | Uint8Array<ArrayBuffer> | Buffer;
  readonly fileName?: string;
  readonly type?: string;
}

/** A form with its parts in exactly this order. */
export function formOf(parts: readonly Part[]): FormData {
  const form = new FormData();
  for (const { name, value, fileName, type } of parts) {
    if (typeof value === 'string') form.append(name, value);
    else
      form.append(
        name,
        new Blob([new Uint8Array(value)], { type: type ?? 'application/octet-stream' }),
        fileName,
      );
  }
  return form;
}

/** A PDF of one page; `action` goes into its catalogue. */
export function pdfText(action: string): string {
  return `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R${action}>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\nxref\n0 4\n0000000000 65535 f \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n9\n%%EOF\n`;
}
