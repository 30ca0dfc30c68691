import type { Lexicon } from "../text/sense.ts";

/** Comparators, connectors and negations. */
export const CONDITIONS: Lexicon = [
  [
    { is: "comparator", operator: "gt" },
    "over|above|more than|greater than|higher than|exceeding|exceeds|exceed|exceeded|larger than|beyond|bigger than|>|超过|高于|大于|多于|高过|超出|超|大过",
  ],
  [
    { is: "comparator", operator: "gte" },
    "at least|no less than|not less than|not below|no lower than|greater than or equal to|>=|=>|≥|≧|min of|minimum of|不低于|不小于|不少于|至少|大于等于|大于或等于|高于或等于|达到|达到或超过",
  ],
  [
    { is: "comparator", operator: "lt" },
    "below|under|less than|lower than|fewer than|smaller than|<|低于|小于|少于|不到|不足|不满|未超过|未达到|未达",
  ],
  [
    { is: "comparator", operator: "lte" },
    "at most|no more than|not more than|not above|not over|no higher than|up to|less than or equal to|<=|=<|≤|≦|max of|不超过|不高于|不大于|不多于|至多|最多|小于等于|小于或等于",
  ],
  [
    { is: "comparator", operator: "gt", metric: "cpu.utilization" },
    "hotter than|running hotter than|busier than|running above|running at over|running at more than|running at above",
  ],
  [
    { is: "comparator", operator: "lt", metric: "cpu.utilization" },
    "cooler than|running cooler than|running below|running at less than|running at under|running at below",
  ],
  [{ is: "comparator", operator: "eq" }, "=|==|equal to|equals|exactly|等于|恰好|正好"],
  [{ is: "comparator", operator: "ne" }, "!=|<>|≠|not equal to|不等于"],
  [
    { is: "comparator", operator: "gt", metric: "latency.duration" },
    "slower than|longer than|taking more than|taking longer than|took more than|took longer than|that took over|慢于|耗时超过|长于|用时超过",
  ],
  [{ is: "comparator", operator: "lt", metric: "latency.duration" }, "faster than|shorter than|快于|短于"],
  [
    { is: "comparatorAfter", operator: "gte" },
    "or more|or higher|or above|or greater|and above|and up|or over|以上|及以上|或以上|或更高|或更多|起步",
  ],
  [
    { is: "comparatorAfter", operator: "lte" },
    "or less|or lower|or below|or fewer|and below|or under|以下|及以下|或以下|或更低|或更少|以内",
  ],
  [{ is: "between" }, "between|介于"],
  [{ is: "to" }, "to|through|until|till|到|至|-|~|–|—|～|直到"],
  [{ is: "rangeEnd" }, "之间|范围内|区间"],
  [{ is: "and" }, "and|&|&&|as well as|plus|和|与|及|以及|、"],
  [{ is: "and", strict: true }, "but|and also|but also|并且|且|并|同时|而且|又|但|但是|而"],
  [{ is: "and", listed: true }, "加上|再加上|外加|连同|还有"],
  [{ is: "or" }, "or|||或|或者|或是"],
  [{ is: "comma" }, ",|;|，|；|:|("],
  [{ is: "comma" }, ")|[|]"],
  [
    { is: "not" },
    "not|isn't|aren't|is not|are not|don't|do not|doesn't|does not|not in|non|non-|un-|不|不是|非|未|没|不在|不属于|并非|没在|没有|没有在|不处于|未处于",
  ],
  [
    { is: "except" },
    "except|except for|excluding|exclude|leave out|other than|apart from|aside from|but not|not including|besides|but not in|except in|outside|outside of|除了|除|除去|排除|不包括|不含|除开|不算|去掉",
  ],
  [{ is: "exceptEnd" }, "以外|之外|外|以外的|之外的|外的"],
  [{ is: "rest" }, "还有|其他|其它|其余|其余的|其他的|其它的"],
  [
    { is: "rest", clouds: true },
    "other clouds|the other clouds|all other clouds|all the other clouds|其他云|其它云|其余云|其他的云|其它的云|其余的云|别的云|其他云上|其它云上|其余云上|其他的云上|其它的云上|其余的云上|别的云上",
  ],
  [
    { is: "lacking" },
    "without|without a|without an|without any|with no|missing|missing the|missing a|missing an|lacking|lack|lacks|lacking a|lacking an|that lack|has no|have no|having no|no|don't have|do not have|don't have a|don't have an|do not have a|do not have an|doesn't have|doesn't have a|doesn't have an|does not have|does not have a|does not have an|没有|缺少|没打|未打|没有打|没有设置|没有填|没有配|没有加|没有配置|没有填写|未设置|没设置|缺|无|未加|没加|不带|没带|未标注|没配|未配置|未填|没填|没写",
  ],
  [
    { is: "having" },
    "with|with a|with an|that have|that have a|that have an|that has|which have|which have a|which have an|which has|has|have|having|has a|has an|have a|have an|有|带|带有|打了|设置了|打上|具有|存在",
  ],
];
