import { problem } from '../domain/problem.js'

// Shapes of JSON. Each is a function of a value and of where it stands; it gives the value back, with defaults
// filled in, or throws a 422 that says what was wanted there.

export function integer(least, most) {
  return (value, where) => {
    if (Number.isInteger(value) && value >= least && value <= most) return value
    return refuse(where, `an integer from ${least} to ${most}`)
  }
}

export function number(least, most) {
  return (value, where) => {
    if (typeof value === 'number' && value >= least && value <= most) return value
    return refuse(where, `a number from ${least} to ${most}`)
  }
}

export function text(least, most, { without = '' } = {}) {
  return (value, where) => {
    if (typeof value !== 'string' || !hasLength(value, least, most)) {
      return refuse(where, `a string of ${least} to ${most} characters`)
    }
    if (without && value.includes(without)) return refuse(where, `no ${JSON.stringify(without)} in it`)
    return value
  }
}

export function list(least, most, shape) {
  return (value, where) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      return refuse(where, `an array of ${least} to ${most}`)
    }
    // Made of strings only where something is wrong: a list can be long.
    let index = 0
    const place = { toString: () => `${where}[${index}]` }
    for (; index < value.length; index++) shape(value[index], place)
    return value
  }
}

/** An object of these fields and no others; the names in `defaults` need not be there. */
export function fields(shapes, defaults = {}) {
  return (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(where, 'an object')
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(shapes, name)) refuse(where, `no "${name}" in it`)
    }
    const checked = {}
    for (const [name, shape] of Object.entries(shapes)) {
      if (Object.hasOwn(value, name)) checked[name] = shape(value[name], `${where}.${name}`)
      else if (Object.hasOwn(defaults, name)) checked[name] = defaults[name]
      else refuse(where, `"${name}" in it`)
    }
    return checked
  }
}

/** An integer as it is written in a path or a query: digits and nothing else. */
export function decimal(written, where, least, most = Number.MAX_SAFE_INTEGER) {
  const value = /^[0-9]+$/.test(written ?? '') ? Number(written) : NaN
  if (value >= least && value <= most) return value
  return refuse(where, `an integer from ${least} to ${most}`)
}

function refuse(where, wanted) {
  throw problem(422, `${where}: ${wanted} was expected.`)
}

/** In code points, each of which is one or two of the units that JavaScript counts. */
function hasLength(value, least, most) {
  if (value.length < least || value.length > 2 * most) return false
  let count = 0
  for (let i = 0; i < value.length; i += value.codePointAt(i) > 0xffff ? 2 : 1) count++
  return count <= most
}
