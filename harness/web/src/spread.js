// @ts-check
/* How sure a response time of one step is: its interval by the twentieths of the step, and what other trials showed
 * there. */
import { judgedPercentile } from './limits.js';
import { time } from './words.js';

/* The percentile that is judged; p99 where none is. */
export function judgedName({ limits }) {
    return judgedPercentile(limits).name;
}

/* Of 95 %: [low, high] in ns, or null. */
export function intervalOf(found, { step }) {
    return step.bounds[judgedName(found)] ?? null;
}

/* The same percentile at one level over all trials, each as last run there and valid: {trials, least, most}; null where
 * fewer than two say something. */
export function overTrials(found, backend, level) {
    const name = judgedName(found);
    const last = new Map();
    for (const judged of backend.steps.filter((each) => each.level === level)) {
        last.set(judged.trial, judged);
    }
    const times = [...last.values()]
        .filter(({ verdict }) => verdict !== 'invalid')
        .map(({ step }) => step.response.quantiles[name])
        .filter((ns) => ns > 0);
    return times.length > 1 ? { trials: times.length, least: Math.min(...times), most: Math.max(...times) } : null;
}

/* "95 % interval 3.1 ms to 4.4 ms; 2.9 ms to 5.0 ms over 3 trials"; null where neither is known. */
export function spreadWords(found, backend, judged) {
    const interval = intervalOf(found, judged);
    const trials = overTrials(found, backend, judged.level);
    return (
        [
            interval !== null ? `95 % interval ${time(interval[0])} to ${time(interval[1])}` : null,
            trials !== null ? `${time(trials.least)} to ${time(trials.most)} over ${trials.trials} trials` : null,
        ]
            .filter((words) => words !== null)
            .join('; ') || null
    );
}
