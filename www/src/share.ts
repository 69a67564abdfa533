/** What an address of the playground carries behind its `#`: a script, or lines for the console. */

export interface Shared {
  code: string;
  keys: string;
  args: string;
}

/** The address of this page with a script in it. */
export function linkTo(shared: Shared): string {
  return `${location.origin}${location.pathname}#${pack(shared)}`;
}

/** What an address ends with that has the console offer lines. */
export function linkToLines(lines: string[]): string {
  return `#${pack({ lines })}`;
}

/** The page of a command, in the folder `commands`. */
export function fileOf(command: string): string {
  return `${command.toLowerCase().replace(" ", "-")}.html`;
}

/** The script in this page's address, if there is one. */
export function sharedScript(): Shared | undefined {
  const shared = unpack();
  if (shared?.code === undefined) return undefined;
  const { code, keys, args } = shared;
  return { code: String(code), keys: String(keys ?? ""), args: String(args ?? "") };
}

/** The lines in this page's address. */
export function sharedLines(): string[] {
  const lines = unpack()?.lines;
  return Array.isArray(lines) ? lines.map(String) : [];
}

function pack(value: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function unpack(): Record<string, unknown> | undefined {
  if (location.hash.length < 2) return undefined;
  try {
    const text = atob(location.hash.slice(1).replaceAll("-", "+").replaceAll("_", "/"));
    const value: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0))));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
