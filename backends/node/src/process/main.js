import cluster from 'node:cluster'
import { readConfig } from './config.js'

/**
 * The start of a service. Its one HTTP layer is what `load` brings: a module whose `openApp` makes of a configuration what
 * `serve` serves.
 */
export async function main(load) {
  try {
    const config = readConfig(process.env)

    // Only the role that this process has is loaded: the primary needs no web framework.
    if (config.cores > 1 && cluster.isPrimary) {
      const { Supervisor } = await import('./supervisor.js')
      new Supervisor(config.cores).start()
    } else {
      const [{ serve }, { openApp }] = await Promise.all([import('./service.js'), load()])
      await serve(await openApp(config), config)
    }
  } catch (error) {
    console.error(`cannot start: ${error.message}`)
    process.exit(1)
  }
}
