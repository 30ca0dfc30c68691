import type { Lexicon } from "../text/sense.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Words of time. Nights run from 20:00 to 06:00, mornings 06–12, afternoons 12–18, evenings 18–24. */
export const TIMES: Lexicon = [
  [{ is: "past" }, "last|past|previous|过去|过去的|近|最近|最近的|刚过去的|前"],
  [{ is: "recent" }, "latest|newest|most recent|recent|最新|最近|最新的|最近的|近期"],
  [{ is: "duration", ms: 1000 }, "second|秒"],
  [{ is: "duration", ms: MINUTE }, "minute|分钟"],
  [{ is: "duration", ms: HOUR }, "hour|小时|钟头|个小时"],
  [{ is: "duration", ms: DAY }, "day|天"],
  [{ is: "duration", ms: 7 * DAY, calendar: "week" }, "week|周|星期|个星期"],
  [{ is: "duration", ms: 30 * DAY, calendar: "month" }, "month|个月"],
  [{ is: "duration", ms: 15 * MINUTE }, "quarter of an hour|quarter hour|刻钟"],
  [{ is: "half" }, "half a|half an|half|半|半个|一半|半数"],
  [{ is: "within" }, "内|以内|之内|里|以来|里面|期间"],
  [{ is: "ago" }, "ago|earlier|以前|前|之前"],
  [
    { is: "now" },
    "now|right now|currently|current|at the moment|at present|presently|just now|this moment|现在|当前|目前|此刻|眼下|实时|此时|正在|眼前|real-time|现",
  ],
  [{ is: "day", offset: 0 }, "today|今天|今日|当天"],
  [{ is: "day", offset: -1 }, "yesterday|昨天|昨日"],
  [{ is: "day", offset: -2 }, "the day before yesterday|day before yesterday|前天"],
  [{ is: "wholeDay" }, "全天|整天|一整天|全日|all day|all day long|the whole day|the entire day"],
  [{ is: "part", fromHour: 6, toHour: 12, offset: 0 }, "this morning|今早|今天早上|今天上午|今晨"],
  [{ is: "part", fromHour: 12, toHour: 18, offset: 0 }, "this afternoon|今天下午"],
  [{ is: "part", fromHour: 18, toHour: 24, offset: 0 }, "this evening|今晚|今天晚上|tonight"],
  [
    { is: "part", fromHour: 20, toHour: 30, offset: -1 },
    "last night|overnight|yesterday night|昨晚|昨夜|昨天晚上|昨天夜里|昨日晚上|昨晚上|夜里",
  ],
  [{ is: "part", fromHour: 18, toHour: 24, offset: -1 }, "yesterday evening|last evening"],
  [{ is: "part", fromHour: 6, toHour: 12 }, "morning|in the morning|上午|早上|早晨|早"],
  [{ is: "part", fromHour: 12, toHour: 18 }, "afternoon|in the afternoon|下午"],
  [{ is: "part", fromHour: 18, toHour: 24 }, "evening|in the evening|晚上|傍晚|晚"],
  [{ is: "part", fromHour: 11, toHour: 13 }, "中午"],
  [{ is: "part", fromHour: 0, toHour: 6 }, "凌晨|early morning"],
  [{ is: "calendar", unit: "week", offset: 0 }, "this week|本周|这周|这个星期|本星期|这一周"],
  [{ is: "calendar", unit: "week", offset: -1 }, "last week|previous week|上周|上星期|上个星期|上一周"],
  [{ is: "calendar", unit: "month", offset: 0 }, "this month|本月|这个月"],
  [{ is: "calendar", unit: "month", offset: -1 }, "last month|previous month|上个月|上月"],
  ...weekdays(),
  [{ is: "zone", zone: "UTC" }, "utc|gmt|协调世界时|世界时|utc时间"],
  [{ is: "zone", zone: "Asia/Shanghai" }, "北京时间|beijing time|china standard time|china time|shanghai time|中国时间|东八区"],
  [{ is: "zone", zone: "America/Los_Angeles" }, "pst|pdt|pacific time|us pacific|太平洋时间|pacific|美西时间"],
  [{ is: "zone", zone: "America/New_York" }, "est|edt|eastern time|us eastern|纽约时间|new york time|美东时间|eastern"],
  [{ is: "zone", zone: "Europe/London" }, "bst|london time|uk time|伦敦时间"],
  [{ is: "zone", zone: "Europe/Berlin" }, "cet|cest|central european time|berlin time|frankfurt time|柏林时间|法兰克福时间"],
  [{ is: "zone", zone: "Asia/Tokyo" }, "jst|tokyo time|japan time|东京时间|日本时间"],
  [{ is: "zone", zone: "Asia/Singapore" }, "sgt|singapore time|新加坡时间"],
  [{ is: "from" }, "from|从|自|由"],
  [{ is: "since" }, "since|ever since|自从"],
  [{ is: "since" }, "after|from"],
  [{ is: "sinceEnd" }, "开始|起|以来|之后|以后|至今|到现在|到目前|到目前为止|onward|onwards|until now|till now|to now|开始到现在|开始至今"],
  [
    { is: "future" },
    "tomorrow|next hour|next day|next week|next month|in the future|the day after tomorrow|明天|后天|未来|下周|下个月|将来|明日|接下来|下一小时|下个小时|upcoming",
  ],
  [
    { is: "versus" },
    "versus|vs|vs.|compared with|compared to|compare with|compare to|compare|against|in comparison with|in comparison to|relative to|comparing with|comparing to|对比|相比|相比于|相较于|相对于|比较|比|较|对照",
  ],
  [{ is: "versus" }, "than|than it was|than they were|since"],
  [{ is: "versusEnd" }, "相比|对比|比较|相比较|比起来|做对比|做比较|比|的对比|比一比"],
  [
    { is: "sameTime" },
    "the same time|same time|same hour|same period|same window|at the same time|the same period|the same window|the same hour|同一时间|同一时段|同期|同时段|的同一时间|的同一时段|的同期|相同时间|this time|这个时候|同时间",
  ],
  [
    { is: "shift", shift: { days: 1 } },
    "the day before|day over day|day-over-day|dod|one day earlier|a day earlier|a day ago|日环比|the previous day",
  ],
  [{ is: "shift", shift: { days: 7 } }, "week over week|week-over-week|wow|a week earlier|a week ago|周环比|周同比"],
  [{ is: "shift", shift: { ms: HOUR } }, "an hour ago|one hour ago|an hour earlier|the hour before|小时环比"],
  [
    { is: "shift", shift: "previous" },
    "the previous period|previous period|the period before|the preceding period|period over period|环比|上一周期|上一个周期|前一时段|上个时段|上一时段|the previous hour|the hour before that",
  ],
  [
    { is: "change", direction: "up" },
    "higher|increased|rose|risen|went up|up|grown|grew|worse|increase|高|上升|上涨|增加|升高|涨|更高|多|增长|变高|升|高了|上升了|涨了",
  ],
  [
    { is: "change", direction: "down" },
    "lower|decreased|fell|fallen|went down|dropped|down|decrease|drop|低|下降|减少|降低|更低|少|降|下降了|变低|降了|低了",
  ],
];

function weekdays(): Lexicon {
  const english = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
  const chinese = ["日", "一", "二", "三", "四", "五", "六"];
  return english.flatMap((day, weekday): Lexicon => {
    const han = weekday === 0 ? ["日", "天"] : [chinese[weekday] ?? ""];
    const named = (before: readonly string[]) => before.flatMap((word) => han.map((sign) => word + sign)).join("|");
    return [
      [{ is: "weekday", weekday }, `${day}|last ${day}|this past ${day}|${day.slice(0, 3)}|${named(["周", "星期", "礼拜"])}`],
      [{ is: "weekday", weekday, week: 0 }, `this ${day}|${named(["本周", "这周", "这个星期", "本星期"])}`],
      [{ is: "weekday", weekday, week: -1 }, named(["上周", "上星期", "上个星期", "上礼拜"])],
    ];
  });
}

export const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const;
