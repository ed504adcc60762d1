/*
 * This server beside VS Code's own JSON server (npm vscode-langservers-extracted) with this project's schema, over LSP on
 * stdio, in one run: both get the same files and edits, by turns, and both are asked for diagnostics.
 *
 * Prints a table in Markdown. `--write` puts it into docs/benchmarks.md, `--pairs N` sets the number of pairs, `--only S`
 * looks at the sizes that contain S.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { StdioServer } from '../server/client.js';
import { jobFile, type Mistakes } from './jobFiles.js';

const argument = (name: string) => process.argv[process.argv.indexOf(`--${name}`) + 1];
const PAIRS = process.argv.includes('--pairs') ? Number(argument('pairs')) : 20;
const ONLY = process.argv.includes('--only') ? argument('only') : undefined;
const SIZES: [string, number][] = [
  ['2 KB', 2_000],
  ['20 KB', 20_000],
  ['200 KB', 200_000],
  ['2 MB', 2_000_000],
  ['10 MB', 10_000_000],
];
const MISTAKES: Record<Mistakes, string> = {
  none: 'no mistakes',
  few: 'few mistakes',
  many: 'many mistakes',
  broken: 'a comma missing',
};

const own = () => StdioServer.own();
const peer = () =>
  new StdioServer(process.execPath, [
    'node_modules/vscode-langservers-extracted/bin/vscode-json-language-server',
    '--stdio',
  ]);

const schema = JSON.parse(readFileSync('schemas/macie-classification-job.schema.json', 'utf8'));

async function startPeer(): Promise<StdioServer> {
  const server = peer();
  server.settings = { json: { validate: { enable: true }, schemas: [] } };
  await server.initialize(undefined, { provideFormatter: true, handledSchemaProtocols: ['file'] });
  await server.notify('workspace/didChangeConfiguration', {
    settings: {
      json: { validate: { enable: true }, schemas: [{ fileMatch: ['*.json'], url: 'memory:///job.json', schema }] },
    },
  });
  return server;
}

async function startOwn(): Promise<StdioServer> {
  const server = own();
  await server.initialize();
  return server;
}

const p50 = (times: number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

interface Row {
  what: string;
  own: number;
  peer: number;
  unit: string;
  pairs: number;
  note?: string;
}

const rows: Row[] = [];
function add(row: Row): void {
  rows.push(row);
  console.log(line(row));
}
const line = ({ what, own, peer, unit, pairs, note }: Row) =>
  `| ${what} | ${own.toFixed(unit === 'MB' ? 0 : 2)} ${unit} | ${peer.toFixed(unit === 'MB' ? 0 : 2)} ${unit} | ${(own / peer).toFixed(2)} | ${pairs} | ${note ?? ''} |`;

/** The process's most memory so far, in MB; Linux alone says. */
function peakMemory(server: StdioServer): number | undefined {
  const file = `/proc/${server.child.pid}/status`;
  if (!existsSync(file)) return undefined;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8'))![1]) / 1024;
}

/** By turns, so that a noisy neighbour slows both; the first turn changes each time. */
async function pairs(
  n: number,
  own: () => Promise<number>,
  peer: () => Promise<number>,
  [owns, peers]: [own: number[], peer: number[]],
): Promise<void> {
  for (let i = 0; i < n; i++) {
    if (i % 2 === 0) owns.push(await own());
    peers.push(await peer());
    if (i % 2 === 1) owns.push(await own());
  }
}

/** A document open in a server, edited by one character at a time. */
class OpenFile {
  version = 1;
  readonly uri: string;
  readonly at: { line: number; character: number };

  constructor(
    readonly server: StdioServer,
    readonly languageId: string,
    readonly text: string,
    id: number,
  ) {
    this.uri = `file:///bench/file-${id}.json`;
    const before = text.slice(0, text.indexOf('measured-job'));
    const lines = before.split('\n');
    this.at = { line: lines.length - 1, character: lines[lines.length - 1]!.length };
  }
  open = () => this.server.open(this.uri, this.text, this.languageId);
  close = () => this.server.notify('textDocument/didClose', { textDocument: { uri: this.uri } });
  async keystroke(): Promise<void> {
    this.version++;
    const end = { line: this.at.line, character: this.at.character + 1 };
    await this.server.notify('textDocument/didChange', {
      textDocument: { uri: this.uri, version: this.version },
      contentChanges: [{ range: { start: this.at, end }, text: this.version % 2 ? 'm' : 'n' }],
    });
  }
  diagnostics = () =>
    this.server.request<{ items: unknown[] }>('textDocument/diagnostic', { textDocument: { uri: this.uri } });
  completion = () =>
    this.server.request('textDocument/completion', { textDocument: { uri: this.uri }, position: this.at });
  hover = (text: string) => {
    const before = this.text.slice(0, this.text.lastIndexOf(text) + 2).split('\n');
    const position = { line: before.length - 1, character: before[before.length - 1]!.length };
    return this.server.request('textDocument/hover', { textDocument: { uri: this.uri }, position });
  };
}

let id = 0;

/** Rows for one file. How far the compiler has come with a process is felt: several are measured, the fewer the larger. */
async function measure(size: string, bytes: number, mistakes: Mistakes): Promise<void> {
  const text = jobFile(bytes, mistakes);
  // With many mistakes the other server takes minutes, and the ratio is far from any doubt.
  const launches = bytes < 100_000 ? 5 : mistakes === 'many' ? 1 : bytes < 5_000_000 ? 3 : 2;
  const warming = bytes < 100_000 ? 300 : mistakes === 'many' && bytes > 1_000_000 ? 5 : bytes < 1_000_000 ? 100 : 20;
  const times: Record<'keystroke' | 'completion' | 'hover', [own: number[], peer: number[]]> = {
    keystroke: [[], []],
    completion: [[], []],
    hover: [[], []],
  };
  let note = '';
  let memory: [number, number] | undefined;
  for (let launch = 0; launch < launches; launch++) {
    const [a, b] = [await startOwn(), await startPeer()];
    const files = [new OpenFile(a, 'macie-job', text, ++id), new OpenFile(b, 'json', text, id)] as const;
    for (const file of files) await file.open();
    const found = await Promise.all(files.map((file) => file.diagnostics()));
    note = `${found[0]!.items.length} and ${found[1]!.items.length} problems`;
    const keystroke = (file: OpenFile) => () =>
      timed(async () => {
        await file.keystroke();
        await file.diagnostics();
      });
    // Warm both, so that the compiler's work is not measured.
    for (let i = 0; i < warming; i++) for (const file of files) await keystroke(file)();
    await pairs(PAIRS, keystroke(files[0]), keystroke(files[1]), times.keystroke);
    if (mistakes === 'none') {
      const completion = (file: OpenFile) => () => timed(file.completion);
      await pairs(PAIRS, completion(files[0]), completion(files[1]), times.completion);
      const hover = (file: OpenFile) => () => timed(() => file.hover('data-platform'));
      await pairs(PAIRS, hover(files[0]), hover(files[1]), times.hover);
      const [m, o] = [peakMemory(a), peakMemory(b)];
      if (bytes >= 10_000_000 && m && o) memory = [m, o];
    }
    await a.stop();
    await b.stop();
  }
  for (const [what, [own, peer]] of Object.entries(times)) {
    if (own.length === 0) continue;
    const isKeystroke = what === 'keystroke';
    add({
      what: isKeystroke ? `keystroke to diagnostics, ${size}, ${MISTAKES[mistakes]}` : `${what}, ${size}`,
      own: p50(own),
      peer: p50(peer),
      unit: 'ms',
      pairs: own.length,
      note: isKeystroke ? note : undefined,
    });
  }
  if (memory) add({ what: `peak memory, ${size}`, own: memory[0], peer: memory[1], unit: 'MB', pairs: 1 });
}

async function main(): Promise<void> {
  console.log(
    '| what | this server, p50 | VS Code’s JSON server, p50 | ratio | pairs | |\n| --- | ---: | ---: | ---: | ---: | --- |',
  );

  const start = (make: () => StdioServer) => async () => {
    let server: StdioServer | undefined;
    const time = await timed(async () => {
      server = make();
      await server.initialize();
    });
    await server!.stop();
    return time;
  };
  if (!ONLY || 'start'.includes(ONLY)) {
    const times: [number[], number[]] = [[], []];
    await pairs(PAIRS, start(own), start(peer), times);
    add({ what: 'start to initialized', own: p50(times[0]), peer: p50(times[1]), unit: 'ms', pairs: PAIRS });
  }

  for (const [size, bytes] of SIZES) {
    if (ONLY && !size.includes(ONLY)) continue;
    for (const mistakes of Object.keys(MISTAKES) as Mistakes[]) await measure(size, bytes, mistakes);
  }

  if (process.argv.includes('--write')) {
    const file = 'docs/benchmarks.md';
    const machine = `${cpus().length} cores (${cpus()[0]!.model.trim()}), Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
    const table = [
      '| what | this server, p50 | VS Code’s JSON server, p50 | ratio | pairs | |',
      '| --- | ---: | ---: | ---: | ---: | --- |',
      ...rows.map(line),
    ].join('\n');
    const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const section = `<!-- language: begin -->\n${machine}\n\n${table}\n<!-- language: end -->`;
    const pattern = /<!-- language: begin -->[\s\S]*<!-- language: end -->/;
    writeFileSync(file, pattern.test(known) ? known.replace(pattern, () => section) : `${known}${section}\n`);
  }
}

void main();
