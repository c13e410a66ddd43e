/** Attributes of an element; those that are undefined are left out. */
export type XmlAttributes = Record<string, string | number | undefined>;

/** An element with text or child elements; undefined children are left out. */
export function element(
  name: string,
  attributes: XmlAttributes,
  content: string | number | (string | undefined)[] = [],
): string {
  const open = [
    name,
    ...Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}="${escape(String(value))}"`],
    ),
  ].join(' ');
  if (!Array.isArray(content)) return `<${open}>${escape(String(content))}</${name}>`;
  const children = content.filter((child) => child !== undefined);
  return children.length === 0 ? `<${open}/>` : `<${open}>\n${children.join('\n')}\n</${name}>`;
}

/** An element without attributes. */
export function plain(name: string, content: string | number | (string | undefined)[] = []): string {
  return element(name, {}, content);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes text; what XML 1.0 does not admit (section 2.2, Char) becomes U+FFFD. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
