#!/usr/bin/env node
// Nothing here may be too new for an old Node: it must get as far as telling that it is too old.
const parts = process.versions.node.split(".");
const major = Number(parts[0]);
const minor = Number(parts[1]);
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(`nephoscope needs Node.js 22.13 or newer; this is ${process.version}. In a clone, npx nephoscope uses the right one.`);
  console.error(`nephoscope 需要 Node.js 22.13 或更新版本，当前为 ${process.version}。在克隆的仓库中，npx nephoscope 会使用合适的版本。`);
  process.exitCode = 2;
} else {
  import("./start.js");
}
