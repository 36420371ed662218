// packages.js [FOLDER…]: names and versions of what build.js has installed here and in each folder, one a line.
import { readFileSync } from 'node:fs'

for (const folder of ['.', ...process.argv.slice(2)]) {
  const { packages } = JSON.parse(readFileSync(`${folder}/node_modules/.package-lock.json`, 'utf8'))
  for (const [path, { version }] of Object.entries(packages)) {
    console.log(`${path.replace(/^.*node_modules\//, '')} ${version}`)
  }
}
