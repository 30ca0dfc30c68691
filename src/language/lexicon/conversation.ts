import type { Lexicon } from "../text/sense.ts";

/** Words that may be passed over because they add no condition, and words that point back at the last answer. */
export const CONVERSATION: Lexicon = [
  [{ is: "filler", list: true }, "list|show|show me|display|list up|list out|give me a list of|列出|列举|列一下|列出来|罗列|显示|展示"],
  [
    { is: "filler" },
    "please|pls|kindly|give|give me|me|find|find me|get|get me|fetch|fetch me|retrieve|tell|tell me|check|look up|look at|see|want|i want|i want to|i'd like|i would like|i'd like to see|i want to see|i need|i need to see|need|need to|can you|could you|would you|can|could|would|you|i|we|let me|let's|help me|help|query|identify|report|print|output|hi|hello|hey|thanks|thank you|know|want to know|to know|want to see|to see|what|that|who|whose|where|there|is there|are there|there is|there are|is|are|was|were|be|been|being|am|do|does|did|the|a|an|my|our|us|any|'s|'|anything|of the|deployed|located|hosted|exist|exists|using|use|uses|used|consuming|consume|consumes|currently using|so|details|detail|information|info about|overview|summary of|out|going|happening|occurred|occur|appeared|went through|handled|handle|received|receive|served|serve|ones|ones that|we have|do we have|do i have|have we|i have|got|we've got|had|both|together|chart of|graph of|a chart of|a graph of|chart|graph|plot|draw|group|we run|do we run|do i run|i run|we operate|do we operate|we own|do we own|we host|do we host|we manage|do we manage|receiving",
  ],
  [
    { is: "filler" },
    "请|请问|请帮我|帮我|帮忙|麻烦|麻烦你|给我|给|我|我想|我想看|我想知道|我要|我要看|想看|想知道|我们|我们的|我的|你|能|能不能|能否|可以|可否|查|查看|查询|查一下|查下|查一查|查找|查出|看|看看|看一下|看下|看一看|找|找出|找到|找一下|找出来|获取|返回|输出|告诉我|说一下|知道|了解|统计一下|一下|下|的|了|吗|呢|吧|啊|呀|嘛|是|为|那些|哪些|哪些是|有哪些|有什么|什么|有没有|是否|都|都有|共|一共|共有|所|被|把|使用|用|用了|占用|消耗|处于|位于|部署在|部署|出现|产生|发生|收到|处理|情况|信息|详情|列表|明细|清单|具体|对应|对应的|相关|相关的|这段时间|期间内|时间|时|时候|图|图表|曲线|趋势图|谢谢|您好|你好|帮|一份|内容|报了|报出|报出了|属于|归属|归|进行|做|汇报|那么|做一下|总体|整体|数据|名单|出来|名单里",
  ],
  [{ is: "filler" }, '?|？|.|。|!|！|…|"|`|“|”'],
  [
    { is: "glue" },
    "of|in|on|for|at|from|with|during|across|among|within|throughout|inside|over the|within the|in the|of the|for the|on the|at the|from the|in our|of our|of all the|by the|having|where|where the|that are|which are|whose|that is|in terms of|regarding|come from|coming from|into|to the",
  ],
  [{ is: "glue", place: true }, "in|at|located in|hosted in|deployed in|based in|在|位于|部署在"],
  [
    { is: "glue" },
    "在|里|中|上|里的|中的|上的|内的|里面的|下的|下|下面|下面的|底下|底下的|名下|名下的|内|里面|之中|当中|方面|关于|于|对|对于|来自|属|针对|有关|间|侧|端",
  ],
  [
    { is: "all" },
    "all|all the|all of the|all of|all our|all my|every|entire|whole|complete|the whole|所有|所有的|全部|全部的|全|整个|全体|一切|任何|任意|各种",
  ],
  [
    { is: "all", places: true },
    "all clouds|all the clouds|all our clouds|all of our clouds|all of the clouds|every cloud|any cloud|any of our clouds|any of the clouds|our clouds|all providers|all cloud providers|every provider|any provider|all accounts|every account|any account|all regions|all the regions|every region|any region|anywhere|everywhere|across clouds|across all clouds|across the clouds|across our clouds|across providers|multi-cloud|multicloud|cross-cloud",
  ],
  [
    { is: "all", places: true },
    "所有云|所有云上|所有的云|所有的云上|全部云|全部云上|全部的云|任何云|任意云|任何一个云|任意一个云|所有云平台|所有云厂商|所有账号|全部账号|任何账号|所有区域|全部区域|任何区域|所有地域|任何地方|任意地方|到处|哪里|云上|跨云|多云",
  ],
  [{ is: "which" }, "which|what|哪个|哪些|哪几个|哪一个|which of the"],
  [{ is: "which", cloud: true }, "哪家|哪一家|哪几家|哪朵|哪一朵|哪几朵"],
  [
    { is: "previous" },
    "it|its|their|它|它的|其|of those|of these|of them|from those|from these|among those|among these|among them|those|these|them|they|the ones|which ones|out of those|of the above|the above|from the above|above ones|these ones|those ones|the results|the previous result|that list|this list|of that list|these results|those results|其中|其中的|这些|那些|它们|他们|上面的|上述|上面这些|以上这些|这里面|里面的|刚才的|刚才那些|前面的|这几台|那几台|它们当中|上面那些|这批|那批|这其中|它们的|这些的",
  ],
  [{ is: "filler" }, "it|its|their|them|they|它们|他们|它|它的|其"],
  [{ is: "only" }, "only|just|only show|show only|just show|only list|仅|只|只看|只要|仅看|只显示|只列出|只保留|仅显示|只留下|就看"],
];
