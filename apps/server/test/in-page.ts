/** Expressions that run in a page. Texts, because the server's tests know no document and no window. */
export const inPage = {
  /** Begins to add up how much is moved by what comes later. */
  watchShifts: `(() => {
    window.seen = { shift: 0, mark: true };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.seen.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: false });
  })()`,
  forgetShifts: 'void Object.assign(window.seen, { shift: 0 })',
  /** `{ mark, shift }`; without the mark the page was loaded again. */
  shifts: 'window.seen',
  /** Of an image that has come. */
  naturalWidth: (selector: string) => `document.querySelector(${JSON.stringify(selector)}).naturalWidth`,
  backgroundPosition: (selector: string) =>
    `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).backgroundPosition`,
  /** Lets the video show this moment. */
  seekTo: (seconds: number) => `(async () => {
    const video = document.querySelector('video');
    const once = (name) => new Promise((resolve) => video.addEventListener(name, resolve, { once: true }));
    if (video.readyState < 1) await once('loadedmetadata');
    const seeked = once('seeked');
    video.currentTime = ${seconds};
    await seeked;
  })()`,
  /** The mean light of an image as it is shown, 0 to 255; -1 when there is none. */
  lightOf: (selector: string) => `(async () => {
    const image = document.querySelector(${JSON.stringify(selector)});
    if (!image) return -1;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 8;
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0, 8, 8);
    const pixels = [...pen.getImageData(0, 0, 8, 8).data].filter((_, index) => index % 4 !== 3);
    return pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  })()`,
  /** How many pixels of the waveform are drawn. */
  drawnPixels: `(() => {
    const host = [...document.querySelectorAll('*')].find((element) => element.shadowRoot);
    const canvas = host?.shadowRoot.querySelector('canvas');
    if (!canvas || canvas.width === 0) return 0;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return [...data].filter((value, index) => index % 4 === 3 && value > 0).length;
  })()`,
  /** Whether no colour or place is on its way to another. */
  hasSettled: 'document.getAnimations().every((one) => !(one instanceof CSSTransition))',
  /** How wide the page is and how much room there is. */
  widths: '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
} as const;
