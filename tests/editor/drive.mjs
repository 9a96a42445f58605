// Asks a language server for YAML what an editor would ask: node drive.mjs SERVER FOLDER < questions > answers.
// A question is {file, text, line, character}; an answer {diagnostics, completion, hover}. The settings are those
// of FOLDER/.vscode/settings.json, as Visual Studio Code gives them; with no such file there are none, and the
// server has only the files' own first lines.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , server, folder] = process.argv;
const questions = JSON.parse(readFileSync(0, "utf8"));
const settingsFile = join(folder, ".vscode/settings.json");
const settings = existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, "utf8")) : {};

// "yaml.schemas" is the key schemas of the section yaml.
const yaml = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
for (const [name, value] of Object.entries(settings)) {
  const parts = name.split(".");
  if (parts[0] !== "yaml") continue;
  let place = yaml;
  for (const part of parts.slice(1, -1)) place = place[part] ??= {};
  place[parts.at(-1)] = value;
}

const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const waiting = new Map();
const diagnostics = new Map();
let count = 0;
let buffer = Buffer.alloc(0);

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  child.stdin.write(body);
}
function ask(method, params) {
  const id = ++count;
  send({ id, method, params });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}
function take(message) {
  if (message.method === undefined) {
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) reject(new Error(JSON.stringify(message.error)));
    else resolve(message.result);
  } else if (message.method === "textDocument/publishDiagnostics") {
    const { uri, diagnostics: found } = message.params;
    diagnostics.get(uri)?.(found);
  } else if (message.id !== undefined) {
    const items = message.method === "workspace/configuration" ? message.params.items : null;
    const section = (name) => (name === "yaml" ? yaml : name === "[yaml]" ? (settings["[yaml]"] ?? {}) : {});
    send({ id: message.id, result: items && items.map((item) => section(item.section)) });
  }
}
child.stdout.on("data", (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const head = buffer.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1]);
    if (buffer.length < head + 4 + length) return;
    const body = buffer.subarray(head + 4, head + 4 + length);
    buffer = buffer.subarray(head + 4 + length);
    take(JSON.parse(body.toString()));
  }
});

const root = pathToFileURL(folder).href;
await ask("initialize", {
  processId: process.pid,
  rootUri: root,
  workspaceFolders: [{ uri: root, name: "catalogue" }],
  capabilities: {
    workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true } },
    textDocument: {
      completion: { completionItem: { documentationFormat: ["markdown"], snippetSupport: true } },
      hover: { contentFormat: ["markdown"] },
      publishDiagnostics: {},
    },
  },
});
send({ method: "initialized", params: {} });
send({ method: "workspace/didChangeConfiguration", params: { settings: { yaml } } });

const answers = [];
let version = 0;
for (const { file, text, line, character } of questions) {
  const uri = pathToFileURL(join(folder, file)).href;
  const found = new Promise((resolve) => diagnostics.set(uri, resolve));
  send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: ++version, text } } });
  // An editor asks when it has seen the file judged.
  const judged = await found;
  const at = { textDocument: { uri }, position: { line, character } };
  const list = await ask("textDocument/completion", at);
  const hover = await ask("textDocument/hover", at);
  answers.push({
    diagnostics: judged.map(({ range, message }) => ({ line: range.start.line, message })),
    completion: (list?.items ?? list ?? []).map(({ label, documentation }) => ({
      label,
      documentation: documentation?.value ?? documentation ?? "",
    })),
    hover: hover?.contents?.value ?? "",
  });
  // What was found in a file goes when it is closed; it is not what is found in the next.
  const closed = new Promise((resolve) => diagnostics.set(uri, resolve));
  send({ method: "textDocument/didClose", params: { textDocument: { uri } } });
  await closed;
}
process.stdout.write(JSON.stringify(answers));
await ask("shutdown", null);
send({ method: "exit" });
