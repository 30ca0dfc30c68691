import type { CommanderError } from "commander";
import { ConfigurationError, type Text } from "nephoscope";

/** Wrong usage: a sentence and what to write instead. Exit status 2. */
export function usageError(message: Text, hint: Text): ConfigurationError {
  return new ConfigurationError({ code: "CONFIGURATION_INVALID", message, hint });
}

/** What the argument parser says, in both languages; undefined when it only showed a help text. */
export function fromCommander(error: CommanderError, command: string): ConfigurationError | undefined {
  if (error.code === "commander.helpDisplayed" || error.code === "commander.help") return undefined;
  const [name = "", other = ""] = [...error.message.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? "");
  const help = `nephoscope${command === "" ? "" : ` ${command}`} --help`;
  const nearest = /\(Did you mean (.+)\?\)/.exec(error.message)?.[1]?.replace(/^one of /, "");
  const hint =
    nearest === undefined
      ? { en: `See: ${help}`, zh: `用法见：${help}` }
      : { en: `Did you mean ${nearest}? See: ${help}`, zh: `是否想写 ${nearest}？用法见：${help}` };
  return usageError(sentence(error, name, other), hint);
}

function sentence(error: CommanderError, name: string, other: string): Text {
  switch (error.code) {
    case "commander.unknownOption":
      return { en: `There is no option ${name}.`, zh: `没有选项 ${name}。` };
    case "commander.unknownCommand":
      return { en: `There is no command ${name}.`, zh: `没有命令 ${name}。` };
    case "commander.missingArgument":
      return { en: `The argument <${name}> is missing.`, zh: `缺少参数 <${name}>。` };
    case "commander.optionMissingArgument":
      return { en: `The option ${name} needs a value.`, zh: `选项 ${name} 需要一个值。` };
    case "commander.missingMandatoryOptionValue":
      return { en: `The option ${name} is required.`, zh: `必须给出选项 ${name}。` };
    case "commander.excessArguments":
      return { en: `Too many arguments for ${name}.`, zh: `${name} 的参数过多。` };
    case "commander.conflictingOption":
      return { en: `${name} and ${other} cannot be used together.`, zh: `${name} 与 ${other} 不能同时使用。` };
    default: {
      const said = error.message.replace(/^error: /, "");
      return { en: said, zh: said };
    }
  }
}
