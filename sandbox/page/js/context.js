// What block renderers may know and do, for each place where blocks stand.
import { channelName } from "./people.js";

/** `place`: `{surface, container, form, errors?}`. */
export function blockContext(store, actions, place) {
  return {
    ...place,
    ...names(store),
    people: () => [...store.users.values()].filter((user) => !user.deleted),
    channels: () => store.channels.map((channel) => ({ id: channel.id, label: label(store, channel) })),
    act: (blockId, actionId, value, node) => actions.act(place, blockId, actionId, value, node),
    suggest: (blockId, actionId, value) => actions.suggest(place, blockId, actionId, value),
  };
}

export function names(store) {
  return {
    me: store.me?.id,
    userName: (id) => store.userName(id) ?? store.apps.find((app) => app.bot_user === id)?.name ?? null,
    handle: (id) => store.users.get(id)?.name ?? null,
    channelName: (id) => store.channelOf(id)?.name ?? null,
  };
}

const label = (store, channel) => (channel.is_im ? "" : "#") + channelName(channel, store.users, store.apps);
