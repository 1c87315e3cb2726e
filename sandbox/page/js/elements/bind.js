// Ties an input to the form it is in: what it holds, and when a change goes to the bot.

/** `initial`: the state value without its type. `change` stores and, where Slack would, dispatches. */
export function bind(element, block, ctx, initial) {
  const { block_id: blockId } = block;
  const bound = {
    key: `${blockId}/${element.action_id}`,
    state: ctx.form.declare(blockId, element.action_id, { type: element.type, ...initial }, element, block),
  };
  const dispatches = block.type !== "input" || block.dispatch_action;
  bound.store = (state) => {
    bound.state = { type: element.type, ...state };
    ctx.form.set(blockId, element.action_id, bound.state);
  };
  bound.dispatch = (value, node) => dispatches && ctx.act(blockId, element.action_id, value, node);
  bound.change = (state, value, node) => {
    bound.store(state);
    bound.dispatch(value, node);
  };
  return bound;
}
