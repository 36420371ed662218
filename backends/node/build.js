// Installs what package-lock.json says, without the development tools and without running the packages' own
// scripts, unless that is in place.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const WANTED = 'package-lock.json'
const INSTALLED = 'node_modules/.package-lock.json'
const STAMP = 'node_modules/.built-from'

// Both files count: a later install by hand (with the development tools, say) changes the second.
function fingerprint() {
  const hash = createHash('sha256')
  for (const path of [WANTED, INSTALLED]) hash.update(existsSync(path) ? readFileSync(path) : '')
  return hash.digest('hex')
}

// onnxruntime-node brings its library for every platform, a quarter of a gigabyte in all.
function removeOtherPlatforms() {
  const ours = `${process.platform}/${process.arch}`
  for (const folder of globSync('node_modules/onnxruntime-node/bin/*/*/*')) {
    if (!folder.endsWith(ours)) rmSync(folder, { recursive: true })
  }
}

const upToDate = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()
if (!upToDate) {
  const options = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline']
  const { status, error } = spawnSync('npm', ['ci', ...options], { stdio: 'inherit' })
  if (error) console.error(`cannot run npm: ${error.message}`)
  if (status !== 0) process.exit(1)
  removeOtherPlatforms()
  writeFileSync(STAMP, fingerprint())
}
