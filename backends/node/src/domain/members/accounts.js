import { readFile } from 'node:fs/promises'
import { unauthorized, unavailable } from '../problem.js'

const TOKEN_LIFE_MS = 3_600_000

/** Accounts with passwords hashed by Argon2id; none where the service was given no file, or no key. */
export class Accounts {
  #hashes
  #verifyPassword
  #sign
  #verifyToken

  /** Loads the libraries only where there are accounts. */
  static async open(file, key) {
    const accounts = new Accounts()
    if (file === undefined || key === undefined) return accounts

    const [argon2, jwt] = await Promise.all([import('@node-rs/argon2'), import('fast-jwt')])
    accounts.#hashes = new Map(Object.entries(JSON.parse(await readFile(file, 'utf8'))))
    accounts.#verifyPassword = argon2.verify
    accounts.#sign = jwt.createSigner({ key, algorithm: 'HS256', expiresIn: TOKEN_LIFE_MS })
    // Every token is checked anew: a cache would answer for a signature that nobody looked at.
    accounts.#verifyToken = jwt.createVerifier({
      key,
      algorithms: ['HS256'],
      requiredClaims: ['exp', 'sub'],
      cache: false,
    })
    return accounts
  }

  /**
   * A token for who knows the password. The hash is computed on a thread of libuv's pool. A name that nobody has costs
   * a hash too, so that the time does not tell which names there are.
   */
  async logIn(name, password) {
    this.#require()
    const known = this.#hashes.get(name)
    const right = await this.#verifyPassword(known ?? this.#hashes.values().next().value, password)
    if (known === undefined || !right) throw unauthorized('There is no such name with this password.')
    return this.#sign({ sub: name })
  }

  /** Throws for what is not `Bearer` and a good token. */
  check(authorization) {
    this.#require()
    if (!authorization?.startsWith('Bearer '))
      throw unauthorized('A token is needed: Authorization: Bearer …')
    try {
      this.#verifyToken(authorization.slice('Bearer '.length))
    } catch (error) {
      throw unauthorized(`The token is not good: ${error.message}`)
    }
  }

  #require() {
    if (!this.#hashes) throw unavailable('This service was given no accounts.')
  }
}
