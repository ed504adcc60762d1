import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { test } from 'node:test';
import { wholeMessages } from '../../server/stdout.js';

/** What arrives, by the writes in which it does. */
function collector() {
  const writes: string[] = [];
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      writes.push(chunk.toString());
      done();
    },
    writev(chunks, done) {
      writes.push(chunks.map(({ chunk }) => String(chunk)).join(''));
      done();
    },
  });
  return { output, writes };
}

const header = (body: string) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
const written = (stream: Writable, text: string) => new Promise((done) => stream.write(text, done));

test('a header waits for its body, and both go on in one write', async () => {
  const { output, writes } = collector();
  const whole = wholeMessages(output);
  const bodies = ['{"id":1}', `{"id":2,"text":"${'ä'.repeat(100_000)}"}`, '{"text":"Content-Length: 5\\r\\n\\r\\n"}'];
  for (const body of bodies) {
    await written(whole, header(body));
    await written(whole, body);
  }
  assert.deepEqual(
    writes,
    bodies.map((body) => header(body) + body),
  );
});

test('what is no header goes on as it comes', async () => {
  const { output, writes } = collector();
  const whole = wholeMessages(output);
  await written(whole, 'x');
  await written(whole, header('y'));
  await written(whole, header('z'));
  assert.equal(writes.join(''), `x${header('y')}${header('z')}`);
});

test('an output that ends takes the stream with it', async () => {
  const output = new PassThrough();
  const whole = wholeMessages(output);
  const closed = new Promise((resolve) => whole.on('close', resolve));
  output.destroy();
  await closed;
  assert.ok(whole.destroyed);
});
