import { Writable } from 'node:stream';

/**
 * A stream onto `output` that passes a message's header and body on together. The LSP library writes the one after the
 * other: two system calls, and two times that the editor is woken, a fifth of what a keystroke in a small file costs.
 */
export function wholeMessages(output: Writable): Writable {
  let header: Buffer | undefined;
  const whole = new Writable({
    write(chunk: Buffer, _, done) {
      if (!header && isHeader(chunk)) {
        header = chunk;
        done();
        return;
      }
      output.cork();
      if (header) output.write(header);
      header = undefined;
      output.write(chunk, done);
      output.uncork();
    },
  });
  output.on('error', (error) => whole.destroy(error));
  output.on('close', () => whole.destroy());
  return whole;
}

function isHeader(chunk: Buffer): boolean {
  return chunk.length < 200 && chunk.includes('Content-Length: ') && chunk.subarray(-4).equals(END_OF_HEADER);
}

const END_OF_HEADER = Buffer.from('\r\n\r\n');
