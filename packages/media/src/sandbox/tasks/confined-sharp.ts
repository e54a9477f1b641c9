import sharp from 'sharp';

// Only these loaders: a file cannot talk libvips into a reader that nobody meant to run. SVG is read from a buffer alone,
// where it has no folder that its references could start from.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadNsgifFile',
    'VipsForeignLoadSvgBuffer',
  ],
});
sharp.cache(false);
// As many processes as cores, and one thread in each.
sharp.concurrency(1);

export { sharp };
