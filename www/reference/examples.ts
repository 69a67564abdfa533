/** Examples out of the transcripts, which the tests replay: see the head of `tests/transcripts.rs`. */

import { readdirSync, readFileSync } from "node:fs";

/** What was typed, and the lines that answered; without a command, what a session heard meanwhile. */
export interface Step {
  command: string | undefined;
  reply: string[];
  /** Which of several clients typed it; 1 is the first. */
  session: number;
  /** Milliseconds that pass before it. */
  later: number;
  /** The reply is a pattern: `*` stands for what differs each time. */
  isPattern: boolean;
}

/** Steps with the sentences that stood before them. */
export interface Block {
  sentences: string[];
  steps: Step[];
}

/** The examples of one command. */
export interface Examples {
  blocks: Block[];
  /** They are the beginning of a transcript, so that whoever types them gets these replies. */
  whole: boolean;
}

interface Transcript {
  /** The file's name, without its ending. */
  name: string;
  blocks: Block[];
}

/** The most steps that a page shows from the beginning of a transcript, and of one block that is taken from within. */
const MOST_STEPS = 24;
const LONGEST = 12;
/** The most blocks from within. */
const MOST_BLOCKS = 3;
/** Files that are no reading matter. */
const LAST_RESORT = /fuzzed|payload|large|encoding|restore|errors|sandbox/;

const folder = new URL("../../tests/cases/", import.meta.url);

/** Answers a function that finds the examples of a command by its name. */
export function readExamples(): (name: string) => Examples {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".txt")).sort();
  const transcripts = files.map((path) => parse(path, readFileSync(new URL(path, folder), "utf8")));
  return (name) => ownExamples(name, transcripts) ?? { blocks: scattered(name, transcripts), whole: false };
}

/** The beginning of the file that has the command's name. */
function ownExamples(name: string, transcripts: Transcript[]): Examples | undefined {
  const own = transcripts.find((transcript) => transcript.name === name.toLowerCase().replace(" ", "-"));
  const blocks: Block[] = [];
  let steps = 0;
  for (const block of own?.blocks ?? []) {
    steps += block.steps.length;
    if (!block.steps.every(isPlain) || (steps > MOST_STEPS && blocks.length > 0)) break;
    blocks.push(block);
  }
  return blocks.some((block) => mentions(block, name)) ? { blocks, whole: true } : undefined;
}

/** Blocks that call the command, wherever they stand; of a long one, what stands around the call. */
function scattered(name: string, transcripts: Transcript[]): Block[] {
  const found = transcripts.flatMap((transcript) =>
    transcript.blocks.filter((block) => mentions(block, name)).map((block) => {
      const at = block.steps.findIndex((step) => calls(step, name));
      const from = block.steps.length > LONGEST ? Math.max(0, at - LONGEST / 2) : 0;
      const steps = block.steps.slice(from, from + LONGEST);
      const rank = [LAST_RESORT.test(transcript.name), steps.some((step) => step.isPattern), block.sentences.length === 0, !steps.every(isPlain)];
      return { block: { sentences: block.sentences, steps }, rank: parseInt(rank.map(Number).join(""), 2) };
    }),
  );
  found.sort((a, b) => a.rank - b.rank);
  const best = found.filter(({ rank }) => rank >> 2 === found[0]!.rank >> 2);
  return best.slice(0, MOST_BLOCKS).map(({ block }) => block);
}

function mentions(block: Block, name: string): boolean {
  return block.steps.some((step) => calls(step, name));
}

function calls({ command }: Step, name: string): boolean {
  return `${command} `.toUpperCase().startsWith(`${name} `);
}

/** Whether anybody may type it and will get this reply. */
function isPlain({ command, session, later, isPattern }: Step): boolean {
  return command !== undefined && session === 1 && later === 0 && !isPattern;
}

function parse(path: string, text: string): Transcript {
  const blocks: Block[] = [];
  let session = 1;
  for (const lines of text.trim().split(/\n{2,}/)) {
    const block: Block = { sentences: [], steps: [] };
    let [later, isPattern] = [0, false];
    const add = (command: string | undefined): void => {
      block.steps.push({ command, reply: [], session, later, isPattern });
      [later, isPattern] = [0, false];
    };
    for (const line of lines.split("\n")) {
      const [, directive, argument, more] = /^#: (\w+) ?(\S*) ?(.*)/.exec(line) ?? [];
      if (directive === "session") session = Number(argument);
      if (directive === "session" && more === "hears") add(undefined);
      if (directive === "advance") later = Number(argument);
      if (directive === "pattern") isPattern = true;
      if (line.startsWith("> ")) add(line.slice(2));
      else if (line.startsWith("# ")) block.sentences.push(line.slice(2));
      else if (directive === undefined) block.steps.at(-1)?.reply.push(line);
    }
    if (block.steps.length > 0) blocks.push(block);
  }
  return { name: path.replace(/^.*[/\\]|\.txt$/g, "").replaceAll("_", "-"), blocks };
}
