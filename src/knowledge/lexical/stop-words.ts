import { stem } from "./stem.ts";

/** Words that stand in questions and descriptions of everything. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a an the of to in on for from by with and or is are be been being was were this that it its as at you your i me my our we us they them
  their can could may might will would shall should do does did done has have had having not no none nor but so than then there here
  which who whom whose what when where how why if into about over under within without between during after before since until
  any some all every each other another same such only just still yet also too very more less many much few
  please want need know exist exists currently now today yesterday tomorrow tonight night week month hour hours minute minutes day days last
  recent recently ago old older new newer next previous anything something nothing everything nobody somebody someone everyone anyone
  use used uses using made make makes got gets go goes happen happened happening come comes close else per via etc e g
  specified specify one two three information details one's returns return returned optional following given`
    .split(/\s+/)
    .map(stem),
);
