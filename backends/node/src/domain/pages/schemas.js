import { pageQuery } from '../catalog/schemas.js'
import { problemResponses } from '../problem.js'

export const showItems = { querystring: pageQuery, response: problemResponses }
