/**
 * A module of Node, where the runtime has it: in Node, and in Workers that ask for Node's ways. It is asked for when it
 * is needed and by no import, so that no bundle for a browser holds any of it.
 */
export function builtin<Module>(name: string): Module | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): Module | undefined } };
  return process?.getBuiltinModule?.(`node:${name}`);
}
