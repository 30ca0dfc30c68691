export { type ScriptedModel, type ScriptedReply, scripted } from "./scripted.ts";
