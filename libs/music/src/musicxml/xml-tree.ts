import { SaxesParser } from 'saxes';
import { InputError } from '../input-error';

/** An element of an XML document. `line` counts from 1. */
export interface XmlNode {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlNode[];
  text: string;
  line: number;
}

const MAX_DEPTH = 64;

/**
 * The root element of a document. Nothing outside it is read: no DTD, no entities but XML's own five, nothing external.
 * @throws InputError, with the line as field (`musicxml line 3`), for what is not well-formed, nested too deep, or declares
 * entities or anything else in a DOCTYPE.
 */
export function readXml(source: string): XmlNode {
  const parser = new SaxesParser<{ position: true; xmlns: false }>({ position: true, xmlns: false });
  const open: XmlNode[] = [];
  let root: XmlNode | undefined;
  const refused = (value: string, allowed: string) => new InputError(`musicxml line ${parser.line}`, value, allowed);
  parser.on('error', ({ message }) => {
    throw refused(message.replace(/^\d+:\d+: /, ''), 'well-formed XML');
  });
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[')) throw refused('DOCTYPE', 'a DOCTYPE without declarations of its own, such as entities');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= MAX_DEPTH) throw refused(name, `elements nested at most ${MAX_DEPTH} deep`);
    const node: XmlNode = { name, attributes, children: [], text: '', line: parser.line };
    open.at(-1)?.children.push(node);
    root ??= node;
    open.push(node);
  });
  parser.on('text', (text) => {
    const node = open.at(-1);
    if (node) node.text += text;
  });
  parser.on('cdata', (text) => {
    const node = open.at(-1);
    if (node) node.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(source).close();
  if (!root) throw refused('no element', 'an XML document');
  return root;
}

/** The first child of that name. */
export function child(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((each) => each.name === name);
}

/** The children of that name. */
export function childrenOf(node: XmlNode | undefined, name: string): XmlNode[] {
  return node?.children.filter((each) => each.name === name) ?? [];
}

/** The text of the descendant at a path of names, without the space around it; undefined where there is none. */
export function textAt(node: XmlNode | undefined, ...path: string[]): string | undefined {
  const found = path.reduce<XmlNode | undefined>((inner, name) => child(inner, name), node);
  return found?.text.trim();
}

/**
 * The number in the descendant at a path, or undefined where there is none.
 * @throws InputError where it is no number from `low` to `high`.
 */
export function numberAt(node: XmlNode | undefined, path: string[], low: number, high: number): number | undefined {
  const text = textAt(node, ...path);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text === '' || !(value >= low && value <= high)) {
    const name = path.at(-1) ?? '';
    throw new InputError(
      `musicxml line ${node?.line ?? 0}`,
      `${name} ${text.slice(0, 40)}`,
      `${name} from ${low} to ${high}`,
    );
  }
  return value;
}
