import { ConfigurationError } from "../errors/index.ts";

/**
 * Loads an optional peer. A missing package becomes a sentence that names it; any other failure passes through.
 * Pass the import itself, so that bundlers and the type checker see it: `optionalImport("@aws-sdk/client-ec2", () => import("@aws-sdk/client-ec2"))`.
 */
export async function optionalImport<Module>(packageName: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error, packageName)) throw error;
    throw new ConfigurationError({
      code: "DEPENDENCY_MISSING",
      message: { en: `The package ${packageName} is not installed.`, zh: `没有安装依赖包 ${packageName}。` },
      hint: { en: `Run: npm install ${packageName}`, zh: `请执行：npm install ${packageName}` },
      details: { package: packageName },
      cause: error,
    });
  }
}

function isMissing(error: unknown, packageName: string): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND" && error.message.includes(`'${packageName}'`);
}
