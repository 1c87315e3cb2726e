// What the inputs of one view or message hold, in the shape Slack calls `state.values`.

export class Form {
  constructor() {
    this.values = new Map(); // "block\naction" -> state value
    this.inUse = new Set();
    this.elements = new Map();
  }

  /** Before a redraw: only what is declared again counts. */
  begin() {
    this.inUse.clear();
    this.elements.clear();
  }

  /** An input is on screen; it keeps what it held, else takes the server's value, else its initial one. */
  declare(blockId, actionId, initial, element, block) {
    const key = `${blockId}\n${actionId}`;
    this.inUse.add(key);
    this.elements.set(key, { element, block });
    const held = this.values.get(key);
    if (!held || held.type !== initial.type) this.values.set(key, initial);
    return this.values.get(key);
  }

  set(blockId, actionId, value) {
    this.values.set(`${blockId}\n${actionId}`, value);
  }

  /** What the server remembers, for inputs not touched here yet. */
  adopt(remembered) {
    for (const [blockId, actions] of Object.entries(remembered ?? {})) {
      for (const [actionId, value] of Object.entries(actions)) {
        const key = `${blockId}\n${actionId}`;
        if (!this.values.has(key) && value) this.values.set(key, value);
      }
    }
  }

  snapshot() {
    const values = {};
    for (const key of this.inUse) {
      const [blockId, actionId] = key.split("\n");
      (values[blockId] ??= {})[actionId] = this.values.get(key);
    }
    return values;
  }

  /** What Slack's own client refuses before it submits: {block_id: sentence}. */
  problems() {
    const found = {};
    for (const key of this.inUse) {
      const { element, block } = this.elements.get(key);
      const problem = block.type === "input" ? problemOf(element, block, this.values.get(key)) : null;
      if (problem) found[key.split("\n")[0]] = problem;
    }
    return found;
  }
}

function contentOf(state) {
  const { type, ...rest } = state;
  const value = Object.values(rest)[0];
  return Array.isArray(value) ? (value.length ? value : null) : (value ?? null);
}

function problemOf(element, block, state) {
  const content = contentOf(state);
  if (content === null || content === "") return block.optional ? null : "Please complete this required field.";
  if (element.type === "number_input") return numberProblem(element, content);
  if (element.max_length && content.length > element.max_length)
    return `Keep it to ${element.max_length} characters or fewer.`;
  if (element.min_length && content.length < element.min_length)
    return `Use at least ${element.min_length} characters.`;
  return null;
}

function numberProblem(element, content) {
  const number = Number(content);
  if (!Number.isFinite(number)) return "This is not a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Use a whole number.";
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `The smallest number allowed is ${element.min_value}.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `The largest number allowed is ${element.max_value}.`;
  return null;
}
