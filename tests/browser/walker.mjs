// The script's walk through each questionnaire beside the engine's own: the task holds what the engine did with the same fields.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { runInThisContext } from 'node:vm';

runInThisContext(readFileSync(new URL('../../server/assets/walk.js', import.meta.url), 'utf8'));
const { path, nextOpen, give, fill, said, unitsOf } = globalThis.Walk;

// A letter of several bytes may stand across two pieces.
process.stdin.setEncoding('utf8');
let input = '';
for await (const piece of process.stdin) { input += piece; }
const faults = [];
for (const { name, form, language, labels, texts, turns } of JSON.parse(input)) {
  let answers = {};
  turns.forEach((turn, number) => {
    const same = (what, here, there) => {
      if (!isDeepStrictEqual(here, there)) {
        faults.push(`${name}, turn ${number} on ${turn.page}: ${what}\n  script ${JSON.stringify(here)}\n  engine ${JSON.stringify(there)}`);
      }
    };
    const given = give(form, answers, turn.page, turn.fields, turn.accept);
    same(`issues of ${JSON.stringify(turn.fields)}`, given.issues, turn.issues);
    same('answers', given.answers, turn.answers);
    answers = turn.answers;
    const walked = path(form, answers);
    same('path', walked.steps.map((step) => [step.page, unitsOf(step).map((unit) => unit.code)]), turn.path);
    same('next open page', nextOpen(form, answers), turn.next);
    const telling = said(walked.counting, labels, language);
    for (const [key, text] of turn.told) { same(`the text of ${key}`, fill(texts[key], telling), text); }
  });
}
faults.slice(0, 20).forEach((fault) => console.error(fault));
process.exit(faults.length ? 1 : 0);
