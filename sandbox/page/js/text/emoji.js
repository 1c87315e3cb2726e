// The emoji names people and bots use most, and the characters they stand for.

const NAMES = `
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|no_entry ⛔|no_entry_sign 🚫|warning ⚠️
rotating_light 🚨|bell 🔔|no_bell 🔕|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|timer_clock ⏲️
alarm_clock ⏰|clock1 🕐|clock3 🕒|clock9 🕘|calendar 📅|date 📅|spiral_calendar_pad 🗓️|spiral_calendar 🗓️
bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|clipboard 📋|memo 📝|pencil 📝|pencil2 ✏️
page_facing_up 📄|page_with_curl 📃|file_folder 📁|open_file_folder 📂|books 📚|bookmark 🔖|label 🏷️|pill 💊
syringe 💉|stethoscope 🩺|hospital 🏥|ambulance 🚑|heart ❤️|blue_heart 💙|green_heart 💚|drop_of_blood 🩸
thermometer 🌡️|adhesive_bandage 🩹|telephone_receiver 📞|phone ☎️|telephone ☎️|iphone 📱|calling 📲
speech_balloon 💬|left_speech_bubble 🗨️|envelope ✉️|email 📧|incoming_envelope 📨|outbox_tray 📤|inbox_tray 📥
bust_in_silhouette 👤|busts_in_silhouette 👥|older_woman 👵|older_man 👴|nurse 🧑‍⚕️|health_worker 🧑‍⚕️|wave 👋
point_right 👉|point_down 👇|point_up ☝️|raised_hands 🙌|raised_hand ✋|hand ✋|pray 🙏|clap 👏|ok_hand 👌|+1 👍
thumbsup 👍|-1 👎|thumbsdown 👎|muscle 💪|eyes 👀|brain 🧠|lungs 🫁|anatomical_heart 🫀|smile 😄
slightly_smiling_face 🙂|grinning 😀|blush 😊|thinking_face 🤔|sweat_smile 😅|cry 😢|sleeping 😴|zzz 💤|tada 🎉
sparkles ✨|star ⭐|star2 🌟|fire 🔥|rocket 🚀|zap ⚡|bulb 💡|lock 🔒|unlock 🔓|closed_lock_with_key 🔐|key 🔑|shield 🛡️
mag 🔍|link 🔗|paperclip 📎|pushpin 📌|round_pushpin 📍|gear ⚙️|wrench 🔧|hammer_and_wrench 🛠️|wastebasket 🗑️
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_forward ▶️|leftwards_arrow_with_hook ↩️
arrow_right_hook ↪️|arrows_counterclockwise 🔄|repeat 🔁|rewind ⏪|fast_forward ⏩|double_vertical_bar ⏸️
black_square_for_stop ⏹️|red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢
large_blue_circle 🔵|white_circle ⚪|black_circle ⚫|large_red_square 🟥|large_orange_square 🟧
large_yellow_square 🟨|large_green_square 🟩|white_large_square ⬜|black_large_square ⬛|large_blue_square 🟦
question ❓|grey_question ❔|exclamation ❗|heavy_exclamation_mark ❗|information_source ℹ️|sos 🆘|new 🆕
heavy_plus_sign ➕|heavy_minus_sign ➖|hash #️⃣|moneybag 💰|dollar 💵|receipt 🧾|credit_card 💳|sunrise 🌅|sunny ☀️
crescent_moon 🌙|coffee ☕|robot_face 🤖|house 🏠|office 🏢|mortar_board 🎓|dart 🎯|trophy 🏆|seedling 🌱
beach_with_umbrella 🏖️|palm_tree 🌴|snowflake ❄️|construction 🚧|recycle ♻️|handshake 🤝|scales ⚖️
`;

export const EMOJI = new Map(
  NAMES.trim()
    .split(/[|\n]/)
    .map((pair) => {
      const cut = pair.lastIndexOf(" ");
      return [pair.slice(0, cut).trim(), pair.slice(cut + 1)];
    }),
);

const KEYCAPS = { zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9 };
for (const [name, digit] of Object.entries(KEYCAPS)) EMOJI.set(name, `${digit}\uFE0F\u20E3`);

/** The character for a name (skin tones dropped), or null. */
export function emojiFor(name) {
  return EMOJI.get(name.split("::")[0]) ?? null;
}
