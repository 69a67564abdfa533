/** A script in the page's address, so that a link carries it. */

export interface Shared {
  code: string;
  keys: string;
  args: string;
}

/** The address of this page with a script in it. */
export function linkTo(shared: Shared): string {
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `${location.origin}${location.pathname}#${text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** The script in this page's address, if there is one. */
export function sharedScript(): Shared | undefined {
  if (location.hash.length < 2) return undefined;
  try {
    const text = atob(location.hash.slice(1).replaceAll("-", "+").replaceAll("_", "/"));
    const shared: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0))));
    const { code, keys, args } = shared as Record<string, unknown>;
    return { code: String(code ?? ""), keys: String(keys ?? ""), args: String(args ?? "") };
  } catch {
    return undefined;
  }
}
