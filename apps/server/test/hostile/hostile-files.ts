import { deflateSync } from 'node:zlib';
import { pdfText, smallPng } from '../small-files.ts';

/** What every script here would ask for, log and say, if one ran. */
export const mark = 'vitrine-hacked';
const script = `fetch('/${mark}');new Image().src='/${mark}';console.log('${mark}');alert('${mark}')`;

export interface HostileFile {
  readonly name: string;
  readonly bytes: Buffer;
}

const html = `<!doctype html><html><body onload="${script}"><script>${script}</script><img src=x onerror="${script}"></body></html>`;
const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="30" ${attributes}>${inside}<rect width="40" height="30" fill="red"/></svg>`;

/** Drawings that carry scripts, or reach for what is elsewhere. */
const drawings: Readonly<Record<string, string>> = {
  script: svg(`<script>${script}</script>`),
  'script-cdata': svg(`<script type="text/javascript"><![CDATA[${script}]]></script>`),
  'script-href': svg(`<script xlink:href="data:text/javascript,${encodeURIComponent(script)}"/>`),
  'script-href2': svg(`<script href="/${mark}.js"/>`),
  onload: svg('', `onload="${script}"`),
  'rect-onload': svg(`<rect onload="${script}" width="1" height="1"/>`),
  'image-onerror': svg(`<image href="x" onerror="${script}"/>`),
  onclick: svg(`<rect onclick="${script}" onmouseover="${script}" width="40" height="30"/>`),
  foreign: svg(
    `<foreignObject width="40" height="30"><body xmlns="http://www.w3.org/1999/xhtml" onload="${script}"><script>${script}</script></body></foreignObject>`,
  ),
  'foreign-iframe': svg(
    `<foreignObject width="40" height="30"><iframe xmlns="http://www.w3.org/1999/xhtml" srcdoc="&lt;script&gt;${script}&lt;/script&gt;"/></foreignObject>`,
  ),
  'a-javascript': svg(
    `<a xlink:href="javascript:${encodeURIComponent(script)}"><rect width="40" height="30"/></a>`,
  ),
  animate: svg(
    `<a><animate attributeName="href" values="javascript:${encodeURIComponent(script)}"/><rect width="9" height="9"/></a>`,
  ),
  set: svg(`<set attributeName="onload" to="${script}"/>`),
  'animate-begin': svg(`<animate onbegin="${script}" attributeName="x" dur="1s"/>`),
  'use-data': svg(
    `<use href="data:image/svg+xml;base64,${Buffer.from(svg(`<script>${script}</script>`)).toString('base64')}#a"/>`,
  ),
  'style-import': svg(`<style>@import url('/${mark}.css');</style>`),
  'style-url': svg(`<style>rect{fill:url('/${mark}.svg#a')}</style>`),
  'image-http': svg(`<image href="/${mark}.png" width="9" height="9"/>`),
  feimage: svg(
    `<filter id="f"><feImage href="/${mark}.png"/></filter><rect filter="url(#f)" width="9" height="9"/>`,
  ),
  stylesheet: `<?xml version="1.0"?><?xml-stylesheet href="/${mark}.xsl" type="text/xsl"?>${svg('')}`,
  xxe: `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text>&x;</text>')}`,
  'xxe-http': `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "/${mark}">]>${svg('<text>&x;</text>')}`,
  'xxe-parameter': `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY % x SYSTEM "/${mark}.dtd"> %x;]>${svg('')}`,
  laughs: `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>${svg('<text>&e;&e;&e;&e;&e;&e;&e;&e;</text>')}`,
  'use-bomb': svg(
    `<defs><g id="a"><rect/></g>${'bcdefgh'
      .split('')
      .map((id, at) => `<g id="${id}">${`<use href="#${'abcdefg'[at]}"/>`.repeat(20)}</g>`)
      .join('')}</defs><use href="#h"/>`,
  ),
  handler: svg(`<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">${script}</handler>`),
  'embed-html': svg(
    `<embed xmlns="http://www.w3.org/1999/xhtml" src="javascript:${encodeURIComponent(script)}"/>`,
  ),
  'meta-refresh': svg(
    `<meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=/${mark}"/>`,
  ),
  'upper-case': svg('').replace('<rect', `<SCRIPT>${script}</SCRIPT><rect`),
  utf7: `<?xml version="1.0" encoding="UTF-7"?>${svg(`+ADw-script+AD4-${script}+ADw-/script+AD4-`)}`,
};

/** With its catalogue within an object stream, where no word of it is to be read. */
function deflatedPdf(action: string): Buffer {
  const catalogue = deflateSync(`1 0 <</Type/Catalog/Pages 2 0 R${action}>>`);
  const parts = [
    Buffer.from('%PDF-1.5\n'),
    Buffer.from('2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'),
    Buffer.from('3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\n'),
    Buffer.concat([
      Buffer.from(
        `4 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${catalogue.length}>>stream\n`,
      ),
      catalogue,
      Buffer.from('\nendstream endobj\n'),
    ]),
  ];
  const [start, pages, page, stream] = parts.map((_, at) => Buffer.concat(parts.slice(0, at + 1)).length);
  const places = [
    [0, 0, 255],
    [2, 4, 0],
    [1, start, 0],
    [1, pages, 0],
    [1, page, 0],
    [1, stream, 0],
  ];
  const table = Buffer.from(
    places.flatMap(([kind = 0, at = 0, last = 0]) => [kind, at >> 8, at & 255, last]),
  );
  const head = `5 0 obj<</Type/XRef/Size 6/Root 1 0 R/W[1 2 1]/Length ${table.length}>>stream\n`;
  const end = `\nendstream endobj\nstartxref\n${stream}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(head), table, Buffer.from(end)]);
}
const pdfs: Readonly<Record<string, string>> = {
  'open-action': pdfText(
    `/OpenAction<</S/JavaScript/JS(app.alert\\('${mark}'\\);app.launchURL\\('/${mark}'\\))>>`,
  ),
  'names-js': pdfText(`/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\('${mark}'\\))>>]>>>>`),
  uri: pdfText(`/OpenAction<</S/URI/URI(/${mark})>>`),
  launch: pdfText('/OpenAction<</S/Launch/F(/bin/sh)>>'),
  'submit-form': pdfText(`/OpenAction<</S/SubmitForm/F(/${mark})>>`),
  'aa-page': pdfText(`/AA<</WC<</S/JavaScript/JS(app.alert\\('${mark}'\\))>>>>`),
  polyglot: `${pdfText('')}${html}`,
  'html-before': `<!--${pdfText('')}-->${html}`,
};

const programs: Readonly<Record<string, Buffer>> = {
  'elf.png': Buffer.from('7f454c4602010100000000000000000003003e0001000000', 'hex'),
  'pe.jpg': Buffer.concat([Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), Buffer.alloc(200)]),
  'macho.mp4': Buffer.from('cffaedfe07000001030000000200000010000000', 'hex'),
  'class.gif': Buffer.from('cafebabe00000037001d0a0006000f09', 'hex'),
  'lnk.pdf': Buffer.from('4c0000000114020000000000c000000000000046', 'hex'),
  'wasm.webp': Buffer.from('0061736d01000000', 'hex'),
  'swf.mp3': Buffer.from('465753090a000000', 'hex'),
  'shell.docx': Buffer.from('#!/bin/sh\nrm -rf /\n'),
  'batch.doc': Buffer.from('@echo off\r\ndel *.*\r\n'),
  'hta.svg': Buffer.from(`<hta:application/><script>${script}</script>`),
};

/** Sixty and more files that mean harm. */
export async function hostileFiles(): Promise<HostileFile[]> {
  const png = await smallPng(1);
  const gif = Buffer.from(
    '47494638396101000100800000ff0000ffffff21f90401000000002c00000000010001000002024401003b',
    'hex',
  );
  const pages = ['png', 'jpg', 'gif', 'webp', 'svg', 'pdf', 'txt', 'docx', 'mp4', 'mp3', 'html', 'xhtml'];
  return [
    ...Object.entries(drawings).map(([name, text]) => ({ name: `${name}.svg`, bytes: Buffer.from(text) })),
    ...Object.entries(pdfs).map(([name, text]) => ({ name: `${name}.pdf`, bytes: Buffer.from(text) })),
    {
      name: 'deflated.pdf',
      bytes: deflatedPdf(`/OpenAction<</S/JavaScript/JS(app.alert\\('${mark}'\\))>>`),
    },
    ...Object.entries(programs).map(([name, bytes]) => ({ name, bytes })),
    ...pages.map((end) => ({ name: `page.${end}`, bytes: Buffer.from(html) })),
    { name: 'trailer.png', bytes: Buffer.concat([png, Buffer.from(html)]) },
    { name: 'trailer.gif', bytes: Buffer.concat([gif, Buffer.from(html)]) },
    {
      name: 'comment.gif',
      bytes: Buffer.concat([Buffer.from(`GIF89a/*`), gif, Buffer.from(`*/=1;${script}`)]),
    },
    { name: 'trailer.html', bytes: Buffer.concat([png, Buffer.from(html)]) },
    { name: 'double.png.html', bytes: Buffer.from(html) },
    { name: `<img src=x onerror=${mark}>.txt`, bytes: Buffer.from(`${html}\nSome text.\n`) },
    { name: 'bom.txt', bytes: Buffer.from(`\ufeff${html}`) },
    { name: 'script.txt', bytes: Buffer.from(script) },
    { name: 'sheet.txt', bytes: Buffer.from(`body{background:url(/${mark})}`) },
  ];
}
