// @ts-check
/* What the reader has chosen, kept in the address so that a link shows the same:
 * #run=1&p99=100ms&step=go.1.5&theme=dark */
import { assignments, PERCENTILES, readShare, readSize, readLatency } from './limits.js';

function readLimits(words, own) {
    const limits = { ...own };
    for (const [name, value] of words) {
        if (name in PERCENTILES && readLatency(value) !== undefined) {
            limits.percentile = PERCENTILES[name];
            limits.latency_ns = readLatency(value);
        } else if (name === 'errors') {
            limits.error_share = readShare(value) ?? limits.error_share;
        } else if (name === 'throughput') {
            limits.throughput_share = readShare(value) ?? limits.throughput_share;
        } else if (name === 'memory') {
            limits.memory_bytes = readSize(value) ?? limits.memory_bytes;
        }
    }
    return limits;
}

/* `step` is "backend.trial.order": the backend's name may hold dots, the numbers do not. */
function readStep(text) {
    const match = /^(.*)\.(\d+)\.(\d+)$/.exec(text ?? '');
    return match === null ? null : { backend: match[1], trial: Number(match[2]), order: Number(match[3]) };
}

export function readHash(hash, runs) {
    const words = new URLSearchParams(hash.replace(/^#/, ''));
    const number = Number(words.get('run') ?? 1);
    const run = Number.isInteger(number) && number >= 1 && number <= runs.length ? number - 1 : 0;
    const theme = words.get('theme');
    return {
        run,
        limits: readLimits(words, runs[run].own),
        step: readStep(words.get('step')),
        theme: theme === 'dark' || theme === 'light' ? theme : null,
        at: words.get('at') === null ? null : Number(words.get('at')),
    };
}

export function writeHash(state, own) {
    const words = [];
    if (state.run > 0) {
        words.push(['run', state.run + 1]);
    }
    words.push(...assignments(state.limits, own).map((assignment) => assignment.split('=')));
    if (state.step !== null) {
        words.push(['step', `${state.step.backend}.${state.step.trial}.${state.step.order}`]);
    }
    if (state.at !== null) {
        words.push(['at', state.at]);
    }
    if (state.theme !== null) {
        words.push(['theme', state.theme]);
    }
    return words.length > 0 ? `#${new URLSearchParams(words)}` : '';
}
