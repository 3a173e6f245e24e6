// node assemble.mjs: writes the binary format of every case into rules.txt. Run it where
// `npm install @bytecodealliance/jco-transpile@0.15.0` was run, with the path of this file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

let folder = resolve('.');
const inPackage = 'node_modules/@bytecodealliance/jco-transpile/dist/wasm-tools.js';
while (!existsSync(join(folder, inPackage)) && dirname(folder) !== folder) folder = dirname(folder);
const { parse } = await import(pathToFileURL(join(folder, inPackage)).href);

const file = join(dirname(fileURLToPath(import.meta.url)), 'rules.txt');
const [head, ...cases] = readFileSync(file, 'utf8').split(/^## /m);
const done = [];
for (const text of cases) {
  const lines = text.split('\n').filter((line) => line && !line.startsWith('= '));
  const bytes = await parse(lines.slice(2).join('\n'));
  done.push([...lines, '= ' + Buffer.from(bytes).toString('base64'), ''].join('\n'));
}
writeFileSync(file, head + done.map((text) => '## ' + text).join('\n'));
