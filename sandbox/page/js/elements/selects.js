// All the select menus, single and multiple: fixed options, options from the bot, people, conversations.
import { fullNameOf, isPerson } from "../people.js";
import { plainOf } from "../text/mrkdwn.js";
import { confirmed } from "../ui/confirm.js";
import { combobox } from "../ui/combobox.js";
import { bind } from "./bind.js";

const DEFAULT_MIN_QUERY = 3;

export const SELECTS = {
  static_select: (element, block, ctx) => one(element, block, ctx, fixed(element)),
  multi_static_select: (element, block, ctx) => many(element, block, ctx, fixed(element)),
  external_select: (element, block, ctx) => one(element, block, ctx, asked(element, block, ctx)),
  multi_external_select: (element, block, ctx) => many(element, block, ctx, asked(element, block, ctx)),
  users_select: (element, block, ctx) => oneId(element, block, ctx, people(ctx), "selected_user", element.initial_user),
  multi_users_select: (element, block, ctx) =>
    manyIds(element, block, ctx, people(ctx), "selected_users", element.initial_users),
  conversations_select: (element, block, ctx) =>
    oneId(element, block, ctx, conversations(ctx), "selected_conversation", element.initial_conversation),
  multi_conversations_select: (element, block, ctx) =>
    manyIds(element, block, ctx, conversations(ctx), "selected_conversations", element.initial_conversations),
  channels_select: (element, block, ctx) =>
    oneId(element, block, ctx, conversations(ctx), "selected_channel", element.initial_channel),
  multi_channels_select: (element, block, ctx) =>
    manyIds(element, block, ctx, conversations(ctx), "selected_channels", element.initial_channels),
};

const option = (value, text, description) => ({ value, text: { type: "plain_text", text }, description });

function matching(groups, query) {
  const wanted = query.trim().toLowerCase();
  return groups
    .map((group) => ({
      ...group,
      options: group.options.filter((one) => plainOf(one.text).toLowerCase().includes(wanted)),
    }))
    .filter((group) => group.options.length);
}

function grouped({ options, option_groups: groups }) {
  if (groups?.length) return groups.map((group) => ({ label: plainOf(group.label), options: group.options }));
  return options?.length ? [{ label: null, options }] : [];
}

const fixed = (element) => ({ minQuery: 0, load: async (query) => matching(grouped(element), query) });
const asked = (element, block, ctx) => ({
  minQuery: element.min_query_length ?? DEFAULT_MIN_QUERY,
  remote: true,
  load: async (query) => grouped(await ctx.suggest(block.block_id, element.action_id, query)),
});
const people = (ctx) => ({
  minQuery: 0,
  load: async (query) =>
    matching(
      [
        {
          options: ctx
            .people()
            .filter(isPerson)
            .map((user) => option(user.id, fullNameOf(user))),
        },
      ],
      query,
    ),
});
const conversations = (ctx) => ({
  minQuery: 0,
  load: async (query) =>
    matching([{ options: ctx.channels().map((channel) => option(channel.id, channel.label)) }], query),
});

function menu(element, ctx, bound, source, more) {
  return combobox({
    ...source,
    ...more,
    key: bound.key,
    placeholder: plainOf(element.placeholder) || "Choose…",
    field: ctx.field,
    name: element.action_id,
    confirm: () => confirmed(element.confirm),
  });
}

function one(element, block, ctx, source) {
  const bound = bind(element, block, ctx, { selected_option: element.initial_option ?? null });
  const picked = bound.state.selected_option;
  return menu(element, ctx, bound, source, {
    selected: picked ? [picked] : [],
    onPick: ([next], node) => bound.change({ selected_option: next ?? null }, next ?? null, node),
    clearable: block.optional,
  });
}

function many(element, block, ctx, source) {
  const bound = bind(element, block, ctx, { selected_options: element.initial_options ?? [] });
  return menu(element, ctx, bound, source, {
    multi: true,
    most: element.max_selected_items,
    selected: bound.state.selected_options,
    onPick: (next, node) => bound.change({ selected_options: next }, next, node),
  });
}

function named(id, ctx) {
  return option(id, ctx.userName(id) ?? ctx.channels().find((channel) => channel.id === id)?.label ?? id);
}

function oneId(element, block, ctx, source, field, initial) {
  const bound = bind(element, block, ctx, { [field]: initial ?? null });
  const picked = bound.state[field];
  return menu(element, ctx, bound, source, {
    selected: picked ? [named(picked, ctx)] : [],
    onPick: ([next], node) => bound.change({ [field]: next?.value ?? null }, next?.value ?? null, node),
    clearable: block.optional,
  });
}

function manyIds(element, block, ctx, source, field, initial) {
  const bound = bind(element, block, ctx, { [field]: initial ?? [] });
  const take = (next, node) =>
    bound.change(
      { [field]: next.map((each) => each.value) },
      next.map((each) => each.value),
      node,
    );
  return menu(element, ctx, bound, source, {
    multi: true,
    selected: bound.state[field].map((id) => named(id, ctx)),
    onPick: take,
  });
}
