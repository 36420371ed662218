import cluster from 'node:cluster'
import { readConfig } from './config.js'

try {
  const config = readConfig(process.env)

  // Only the role that this process has is loaded: the primary needs no web framework.
  if (config.cores > 1 && cluster.isPrimary) {
    const { Supervisor } = await import('./supervisor.js')
    new Supervisor(config.cores).start()
  } else {
    const { serve } = await import('./service.js')
    await serve(config)
  }
} catch (error) {
  console.error(`cannot start: ${error.message}`)
  process.exit(1)
}
