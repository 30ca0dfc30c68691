/** What a program logs, up to a number of bytes. Each line counts one byte more than it has; the first that has no room ends the log. */
export class LogBook {
  readonly lines: string[] = [];
  #bytesLeft: number;
  #droppedBytes = 0;

  constructor(maxBytes: number) {
    this.#bytesLeft = maxBytes;
  }

  get droppedBytes(): number {
    return this.#droppedBytes;
  }

  add(line: string): void {
    const bytes = Buffer.byteLength(line) + 1;
    if (this.#droppedBytes === 0 && bytes <= this.#bytesLeft) {
      this.#bytesLeft -= bytes;
      this.lines.push(line);
    } else {
      this.#droppedBytes += bytes;
    }
  }

  /** Takes over a count that was kept in the sandbox, where lines without room are not even sent. */
  dropped(bytes: number): void {
    this.#droppedBytes = Math.max(this.#droppedBytes, bytes);
  }
}
