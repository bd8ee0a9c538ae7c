/** A parsed element; text between elements is a string. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

export class XmlError extends Error {}

const TOKEN =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>|<\/\s*([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a small well-formed document (no DTD, no external entities) into its root element; throws XmlError otherwise. */
export function parseXml(text: string): XmlElement {
  const document: XmlElement = { name: '', attributes: {}, children: [] };
  const open: XmlElement[] = [document];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (!token) throw new XmlError(`not well formed at character ${at}`);
    take(token, open);
  }
  if (open.length > 1) throw new XmlError('an element is not closed');
  return onlyRoot(document);
}

/** Puts one token where it belongs; `open` is the path from the document to the element being read. */
function take([, cdata, closing, opening, attributes, selfClosing, plain]: RegExpExecArray, open: XmlElement[]): void {
  const parent = open.at(-1);
  if (!parent) throw new XmlError('nothing is open');
  if (cdata !== undefined) parent.children.push(cdata);
  if (plain !== undefined) parent.children.push(decode(plain));
  if (closing !== undefined) {
    if (open.length === 1 || parent.name !== closing) throw new XmlError(`</${closing}> closes nothing`);
    open.pop();
  }
  if (opening !== undefined) {
    const element: XmlElement = { name: opening, attributes: readAttributes(attributes ?? ''), children: [] };
    parent.children.push(element);
    if (!selfClosing) open.push(element);
  }
}

function onlyRoot(document: XmlElement): XmlElement {
  const [root, ...others] = elementsOf(document);
  if (!root || others.length > 0 || textOf(document).trim() !== '') throw new XmlError('a document has one root element');
  return root;
}

export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The element's own text, without that of its children. */
export function textOf(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('');
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [name ?? '', decode(double ?? single ?? '')]));
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));|&/gi, (entity, hex?: string, decimal?: string, name?: string) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    const known = name === undefined ? undefined : ENTITIES[name];
    if (known === undefined) throw new XmlError(`unknown entity ${entity}`);
    return known;
  });
}
