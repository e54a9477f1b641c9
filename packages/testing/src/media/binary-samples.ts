import { zipSync } from 'fflate';
import { compoundFile } from './word-file.ts';

const ascii = (text: string) => Buffer.from(text, 'latin1');
const padded = (hex: string, length = 600) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(length)]);
const isoFile = (brand: string, compatible: readonly string[] = []) => {
  const box = ascii(`ftyp${brand}\0\0\0\0${compatible.join('')}`);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(box.length + 4);
  return Buffer.concat([size, box, padded('00000200', 512)]);
};
const officeFile = (type: string) =>
  zipSync(
    {
      '[Content_Types].xml': ascii(
        `<Types><Override PartName="/main.xml" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/></Types>`,
      ),
      '_rels/.rels': ascii('<Relationships/>'),
    },
    { mtime: new Date(2024, 0, 1) },
  );
const tarFile = () => {
  const block = Buffer.alloc(1536);
  block.write('a.txt');
  block.write('0000644\x000000000\x000000000\x0000000000005\x0014560000000\0', 100, 'latin1');
  block.write('        0', 148);
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
};
const transportStream = () => {
  const packets = Buffer.alloc(188 * 8, 0xff);
  for (let at = 0; at < packets.length; at += 188) packets.write('47000010', at, 'hex');
  return packets;
};

/** Files of formats that Vitrine does not take, by the word with which a refusal names them. */
export const foreignSamples: readonly { readonly named: string; readonly bytes: () => Uint8Array }[] = [
  { named: 'HTML', bytes: () => ascii('<!DOCTYPE html><html><body>Hello</body></html>\n') },
  { named: 'HTML', bytes: () => Buffer.from('\ufeff \n<!-- a page -->\n<HTML><head></head></HTML>\n') },
  { named: 'HTML', bytes: () => ascii('<script>alert(1)</script>\n') },
  { named: 'HTML', bytes: () => Buffer.from('<html>\x89PNG\r\n\x1a\n</html>', 'latin1') },
  {
    named: 'XML',
    bytes: () => ascii('<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"/>\n'),
  },
  { named: 'script', bytes: () => ascii('#!/bin/sh\necho hello\n') },
  { named: 'PHP', bytes: () => ascii('<?php echo 1; ?>\n') },
  { named: 'RTF', bytes: () => ascii('{\\rtf1\\ansi Hello}\n') },
  { named: 'PostScript', bytes: () => ascii('%!PS-Adobe-3.0\nshowpage\n') },
  { named: 'ELF', bytes: () => padded('7f454c4602010100') },
  { named: 'EXE', bytes: () => padded('4d5a90000300000004000000ffff0000') },
  { named: 'Mach-O', bytes: () => padded('cffaedfe0700000103000000') },
  { named: 'WebAssembly', bytes: () => padded('0061736d01000000') },
  { named: 'Java class', bytes: () => padded('cafebabe00000041') },
  { named: 'gzip', bytes: () => padded('1f8b0800000000000003') },
  { named: '7-Zip', bytes: () => padded('377abcaf271c0004') },
  { named: 'RAR', bytes: () => padded('526172211a070100') },
  { named: 'tar', bytes: tarFile },
  { named: 'ZIP', bytes: () => zipSync({ 'a.txt': ascii('hello') }, { mtime: new Date(2024, 0, 1) }) },
  { named: 'XLSX', bytes: () => officeFile('spreadsheetml.sheet.main') },
  { named: 'PPTX', bytes: () => officeFile('presentationml.presentation.main') },
  { named: 'XLS', bytes: () => compoundFile({ Workbook: Buffer.alloc(5000, 9) }) },
  { named: 'TIFF', bytes: () => padded('49492a0008000000') },
  { named: 'BMP', bytes: () => padded('424d8e020000000000003600000028000000') },
  { named: 'PSD', bytes: () => padded('38425053000100000000000000030000') },
  { named: 'HEIC', bytes: () => isoFile('heic', ['mif1', 'heic']) },
  { named: 'AVIF', bytes: () => isoFile('avif', ['avif', 'mif1', 'miaf']) },
  { named: '3GP', bytes: () => isoFile('3gp4', ['3gp4']) },
  { named: 'FLAC', bytes: () => padded('664c614300000022') },
  { named: 'TS', bytes: transportStream },
  { named: 'FLV', bytes: () => padded('464c5601050000000900000000') },
  { named: 'WMV', bytes: () => padded('3026b2758e66cf11a6d900aa0062ce6c') },
  { named: 'UTF-16', bytes: () => Buffer.from('Text without its mark.', 'utf16le') },
];
