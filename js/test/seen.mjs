/** A result in a form that can be compared: errors by what a caller sees of them. */
export function seen(value) {
  if (value instanceof Error) {
    const { name, message, command, previousErrors } = value;
    return { name, message, command: seen(command), ...(previousErrors && { previousErrors: previousErrors.map(seen) }) };
  }
  if (Buffer.isBuffer(value)) return `Buffer ${value.toString("hex")}`;
  if (Array.isArray(value)) return value.map(seen);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, seen(item)]));
  }
  return value;
}
