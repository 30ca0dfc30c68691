/** Qualities, roles, amounts and verbs that may stand before "servers": none of them is the name of a service. */
const WORDS: ReadonlySet<string> = new Set(
  (
    "idle busy hot cold warm hung stuck dead alive zombie orphan orphans stray spare free full empty broken open hidden frozen down flaky noisy quiet lazy sick faulty risky " +
    "safe unsafe secure insecure cheap expensive costly pricey heavy light healthy vulnerable obsolete legacy modern temporary permanent ephemeral persistent virtual physical " +
    "bare metal active inactive passive excessive responsive critical vital essential internal external local remote global regional zonal foreign problematic troublesome " +
    "windows linux ubuntu debian centos redhat rhel suse amazon arm arm64 graviton intel amd x86 gpu cpu memory disk network micro small medium large huge tiny nano " +
    "web www app api backend frontend middleware worker workers cache proxy gateway bastion jump build runner agent agents master slave primary secondary main backup " +
    "replica standby leader follower reader writer read write file mail batch job cron queue broker stream admin management control data game chat video " +
    "vip mission customer client clients user users company corporate office home own personal private public common default custom " +
    "mysql postgres mongo oracle redis kafka nginx apache tomcat docker jenkins gitlab " +
    "multiple several various numerous many certain specific particular given individual single double separate respective extra additional further whole entire " +
    "remaining rest total overall average first second third last final initial original main major minor top bottom upper lower left right next " +
    "bigger smaller older newer hotter cooler faster slower cheaper better worse higher " +
    "pretty really quite rather new old recent frequent different equivalent redundant compliant relevant prominent silent pure mere bad good " +
    "compare describe enumerate analyze analyse investigate inspect audit monitor watch track review summarize summarise explain examine diagnose debug troubleshoot fix " +
    "export download upload email send notify alert schedule optimise optimize rightsize benchmark scan predict forecast estimate detect discover locate search-for " +
    "improve protect patch clone copy move hunt ping ssh login connect open close run rerun pick choose select filter exclude include ignore skip hide keep name rank " +
    "own owns have has had need needs use uses host hosts serve serves hit hits cause causes affect affects"
  ).split(" "),
);

/** Nouns in -ing that services are called by; any other such word says what something does. */
const NOUNS: ReadonlySet<string> = new Set(
  (
    "billing pricing shipping messaging booking ticketing routing matching ranking indexing training onboarding banking trading gaming mapping scoring marketing " +
    "accounting invoicing reporting streaming lending housing parking listing"
  ).split(" "),
);

/** Whether a word says what something is like or what to do with it rather than what it is called, by the list or by its ending. */
export function isQuality(word: string): boolean {
  if (NOUNS.has(word)) return false;
  return WORDS.has(word) || /(?:ed|ing|ly|able|ible|ful|less|ous|est|ish)$/.test(word) || /^(?:un|non|over|under|mis|dis)/.test(word);
}
