// build.js [FOLDER…]: installs what package-lock.json says, here and in each folder, without the development tools and
// without running the packages' own scripts, unless that is in place.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const WANTED = 'package-lock.json'
const INSTALLED = 'node_modules/.package-lock.json'
const STAMP = 'node_modules/.built-from'

// Both files count: a later install by hand (with the development tools, say) changes the second.
function fingerprint(folder) {
  const hash = createHash('sha256')
  for (const name of [WANTED, INSTALLED]) {
    const path = `${folder}/${name}`
    hash.update(existsSync(path) ? readFileSync(path) : '')
  }
  return hash.digest('hex')
}

// onnxruntime-node brings its library for every platform, a quarter of a gigabyte in all.
function removeOtherPlatforms(folder) {
  const ours = `${process.platform}/${process.arch}`
  for (const path of globSync(`${folder}/node_modules/onnxruntime-node/bin/*/*/*`)) {
    if (!path.endsWith(ours)) rmSync(path, { recursive: true })
  }
}

function install(folder) {
  const stamp = `${folder}/${STAMP}`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(folder)) return
  const options = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline']
  const { status, error } = spawnSync('npm', ['ci', ...options], { cwd: folder, stdio: 'inherit' })
  if (error) console.error(`cannot run npm: ${error.message}`)
  if (status !== 0) process.exit(1)
  removeOtherPlatforms(folder)
  writeFileSync(stamp, fingerprint(folder))
}

for (const folder of ['.', ...process.argv.slice(2)]) install(folder)
