/** What a text is when it is more than text: something a browser or a shell would run, or a format of its own. */
export type TextSignature =
  | { readonly kind: 'plain' }
  /** XML whose first element is named `svg`, perhaps with a prefix. */
  | { readonly kind: 'svg' }
  /** `name` completes "This is …". */
  | { readonly kind: 'foreign'; readonly name: string };

// The tags by which the WHATWG MIME sniffing standard knows HTML; each must be followed by a space or '>'.
const htmlStart =
  /^<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--)(?=[\s>/]|$)/i;

const foreign: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^#!/, 'a script'],
  [/^<\?(?:php\b|=)/i, 'a PHP script'],
  [/^<%/, 'a server page script'],
  [/^\{\\rtf/, 'an RTF document'],
  [/^%!PS/, 'a PostScript file'],
  [/^@echo off\b/i, 'a Windows batch script'],
];

/** Recognises a text by its start, behind white space and a byte order mark, as browsers do. */
export function textSignatureOf(head: string): TextSignature {
  const text = head.replace(/^[\uFEFF\s]+/, '');
  for (const [pattern, name] of foreign) if (pattern.test(text)) return { kind: 'foreign', name };
  if (!text.startsWith('<')) return { kind: 'plain' };
  const root = rootElement(text);
  if (root && /^(?:[\w.-]+:)?svg$/.test(root.name)) return { kind: 'svg' };
  if (htmlStart.test(text) || (root && /^(?:html|head|body)$/i.test(root.name))) {
    return { kind: 'foreign', name: 'an HTML page' };
  }
  // Cut within its document type, or with a very long one: the XML reader says which.
  if (!root && /<!DOCTYPE\s+svg[\s>]/.test(text)) return { kind: 'svg' };
  if (text.startsWith('<?xml') || /^<!DOCTYPE\s/i.test(text) || root?.hasNamespace) {
    return {
      kind: 'foreign',
      name: root ? `an XML file with the root element <${root.name}>` : 'an XML file',
    };
  }
  return { kind: 'plain' };
}

/** The first element behind the XML declaration, comments, instructions and a document type. */
function rootElement(text: string): { name: string; hasNamespace: boolean } | null {
  let rest = text;
  for (;;) {
    const skipped = rest.replace(/^\s+/, '').replace(prolog, '');
    if (skipped === rest) break;
    rest = skipped;
  }
  const element = /^<([A-Za-z_][\w.:-]{0,99})((?:\s[^>]*)?)/.exec(rest);
  return element ? { name: element[1] ?? '', hasNamespace: /\sxmlns[:=]/.test(element[2] ?? '') } : null;
}

const prolog = /^(?:<\?[^>]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>)/i;
