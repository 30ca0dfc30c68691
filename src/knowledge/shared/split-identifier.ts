/**
 * The words of an identifier or a sentence that holds some: `DescribeDBInstances` is `Describe DB Instances`, `SG_Ids` is `SG ids`.
 * Case is kept; a plural acronym (`IPs`, `VPCs`) and `IPv6` stay one word.
 */
export function splitIdentifier(text: string): string {
  return text
    .replace(/IPv([46])/g, "Ipv$1")
    .replace(/([A-Z]{2,})s(?![a-z])/g, (_, acronym: string) => ` ${acronym.toLowerCase()}s `)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .replace(/[._]/g, " ");
}
