// The three changes to a WebAssembly module that Binaryen has no option for. https://webassembly.github.io/spec/core/binary/modules.html

const IMPORT_SECTION = 2;
const MEMORY_SECTION = 5;

/** Gives each import the module name that `rename(module, name)` says. */
export function renameImportModules(binary, rename) {
  return mapSection(binary, IMPORT_SECTION, (body) => {
    const reader = { body, offset: 0 };
    const count = readNumber(reader);
    const parts = [encodeNumber(count)];
    for (let index = 0; index < count; index++) {
      const module = readName(reader);
      const name = readName(reader);
      const start = reader.offset;
      skipImportType(reader);
      parts.push(encodeName(rename(module, name)), encodeName(name), body.subarray(start, reader.offset));
    }
    return Buffer.concat(parts);
  });
}

/** Declares that the one memory never grows beyond `maxPages` of 64 KiB. */
export function capMemory(binary, maxPages) {
  return mapSection(binary, MEMORY_SECTION, (body) => {
    const reader = { body, offset: 0 };
    if (readNumber(reader) !== 1) throw new Error("The module has more than one memory.");
    readNumber(reader);
    return Buffer.concat([Buffer.from([1, 1]), encodeNumber(readNumber(reader)), encodeNumber(maxPages)]);
  });
}

export function appendCustomSection(binary, name, contents) {
  const body = Buffer.concat([encodeName(name), contents]);
  return Buffer.concat([binary, Buffer.from([0]), encodeNumber(body.length), body]);
}

function mapSection(binary, wanted, change) {
  const parts = [binary.subarray(0, 8)];
  const reader = { body: binary, offset: 8 };
  while (reader.offset < binary.length) {
    const id = binary[reader.offset++];
    const length = readNumber(reader);
    const body = binary.subarray(reader.offset, reader.offset + length);
    reader.offset += length;
    const changed = id === wanted ? change(body) : body;
    parts.push(Buffer.from([id]), encodeNumber(changed.length), changed);
  }
  return Buffer.concat(parts);
}

/** Functions, tables, memories and globals: by kind, and their limits with or without a maximum. */
function skipImportType(reader) {
  const kind = reader.body[reader.offset++];
  if (kind === 0) readNumber(reader);
  else if (kind === 3) reader.offset += 2;
  else {
    if (kind === 1) reader.offset += 1;
    const flags = reader.body[reader.offset++];
    readNumber(reader);
    if ((flags & 1) === 1) readNumber(reader);
  }
}

function readName(reader) {
  const length = readNumber(reader);
  const start = reader.offset;
  reader.offset += length;
  return reader.body.toString("utf8", start, reader.offset);
}

function encodeName(name) {
  const bytes = Buffer.from(name);
  return Buffer.concat([encodeNumber(bytes.length), bytes]);
}

/** Unsigned LEB128. */
function readNumber(reader) {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = reader.body[reader.offset++];
    value += (byte & 127) * shift;
    if (byte < 128) return value;
  }
}

function encodeNumber(value) {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
}
