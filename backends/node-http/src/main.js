import cluster from 'node:cluster'
import { once } from 'node:events'
import { readEnvironment } from './environment.js'
import { Primary } from './primary.js'
import { Service } from './service.js'

async function toldToListen() {
  process.send('ready')
  await once(process, 'message')
}

let environment
try {
  environment = readEnvironment(process.env)
} catch (error) {
  console.error(`cannot start: ${error.message}`)
  process.exit(1)
}

if (cluster.isPrimary && environment.cores > 1) {
  new Primary(environment.cores).start()
} else {
  const service = new Service(environment)
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, async () => {
      await service.stop()
      process.exit(0)
    })
  }
  try {
    if (cluster.isWorker) await toldToListen()
    await service.start()
  } catch (error) {
    console.error(`cannot listen: ${error.message}`)
    process.exit(1)
  }
}
