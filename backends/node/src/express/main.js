import { main } from '../process/main.js'

await main(() => import('./app.js'))
