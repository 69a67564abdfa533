/** The classic scripts. Each is a Lua file that says in its first lines what it is and how to call it. */

export interface Example {
  title: string;
  about: string;
  /** Commands to run once before it, so that it finds what it works on. */
  setup: string[];
  keys: string;
  args: string;
  code: string;
}

const files = import.meta.glob<string>("../scripts/*.lua", { query: "?raw", import: "default", eager: true });

/** The examples in the order of their files' names. */
export const examples: Example[] = Object.keys(files).sort().map((path) => read(files[path]!));

function read(file: string): Example {
  const lines = file.split("\n");
  const head = lines.slice(0, lines.findIndex((line) => !line.startsWith("--")));
  const field = (name: string): string[] =>
    head.filter((line) => line.startsWith(`-- ${name}: `)).map((line) => line.slice(name.length + 5));
  return {
    title: field("title")[0] ?? "",
    about: field("about").join(" "),
    setup: field("setup"),
    keys: field("keys")[0] ?? "",
    args: field("args")[0] ?? "",
    code: lines.slice(head.length).join("\n").trim() + "\n",
  };
}
