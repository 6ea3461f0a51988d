// Compiles the sheets into ../assets. With --check it writes nothing and fails when they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { compile } from 'sass';

const check = process.argv.includes('--check');
let stale = 0;
for (const name of ['citizen', 'portal', 'staff']) {
  const { css } = compile(`${import.meta.dirname}/${name}.scss`, {
    loadPaths: [`${import.meta.dirname}/node_modules`],
    quietDeps: true,
    style: 'compressed',
  });
  const sheet = settled(css);
  const path = `${import.meta.dirname}/../assets/${name}.css`;
  if (check) {
    if (readFileSync(path, 'utf8') !== sheet) { stale += 1; console.error(`${name}.css is not what its sources give: run scripts/ui`); }
  } else {
    writeFileSync(path, sheet);
  }
  console.log(`${name}.css: ${sheet.length} bytes, ${gzipSync(sheet, { level: 9 }).length} gzipped`);
}
process.exit(stale ? 1 : 0);

// Colours are fixed at build time: browsers without custom properties see them too, and the sheet is smaller.
function settled(css) {
  const fixed = css
    .replace(/^\uFEFF/, '')
    .replace(/var\(--govuk-[a-z-]+, (#[0-9a-f]+)\)/gi, '$1')
    .replace(/--govuk-[a-z-]+: ?[^;}]*;?/g, '')
    .replace(/@media print\{:root\{\}\}|:root\{\}/g, '');
  if (fixed.includes('--govuk')) { throw new Error('a custom property was left unsettled'); }
  return `${fixed.trim()}\n`;
}
