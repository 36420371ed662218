import { problem, unavailable } from '../problem.js'

export const FEATURES = 16

/** The model of an ONNX file, run by onnxruntime, or of none where the service was given no file. */
export class Model {
  #runtime
  #session

  /** Loads the library, which is large, only where there is a model. */
  static async open(file) {
    const model = new Model()
    if (file === undefined) return model
    const { default: runtime } = await import('onnxruntime-node')
    model.#runtime = runtime
    // There is a process a core: more threads would only get in each other's way.
    model.#session = await runtime.InferenceSession.create(file, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
    })
    return model
  }

  /** A score for each row of `features`, in which the rows stand one after another. */
  async score(features) {
    if (features.length % FEATURES !== 0)
      throw problem(422, `body/features must be rows of ${FEATURES} numbers.`)
    if (!this.#session) throw unavailable('This service was given no model.')

    const rows = features.length / FEATURES
    const tensor = new this.#runtime.Tensor('float32', Float32Array.from(features), [rows, FEATURES])
    const { probabilities } = await this.#session.run({ features: tensor }, ['probabilities'])
    return Array.from({ length: rows }, (_, row) => probabilities.data[2 * row + 1])
  }
}
