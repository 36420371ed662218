/* One figure each for how much a service bears, and for how little. Mirrors harness/analysis/scores.c; null stands for what
 * the run does not tell. */
import { climb } from './ladder.js';
import { judge } from './verdict.js';

/* The p99 limits whose capacities the critical capacity is the geometric mean of. */
const P99_LIMITS_MS = [10, 25, 50, 100, 250];
const MB_100 = 100e6;
const POINTS_LEAST = 3; /* good steps that a line takes */

const judged = ({ skipped, lastGood, lowestBreak }) => !skipped && (lastGood !== null || lowestBreak !== null);

const passedAt = ({ holdsAt }, { phase, verdict, level }) =>
    phase === 'ladder' && verdict === 'pass' && level <= holdsAt;

const holdsLevel = (backend, level) => backend.steps.some((step) => step.level === level && passedAt(backend, step));

/* The highest level of the ladder that every service with a valid step holds; null: there is none. */
export function commonLevel(backends) {
    const those = backends.filter(judged);
    const held = those.flatMap((backend) =>
        backend.steps.filter((step) => passedAt(backend, step)).map(({ level }) => level),
    );
    const common = held.filter((level) => those.every((backend) => holdsLevel(backend, level)));
    return common.length > 0 ? Math.max(...common) : null;
}

/* What it would hold under another latency limit; null where that is not between two steps. */
function capacityUnder(run, limits, { steps }, latency_ns) {
    const under = { ...limits, percentile: 0.99, latency_ns };
    const { lastGood, lowestBreak } = climb(
        steps.map((each) => ({ ...each, ...judge(each.step, under, run.coresShared) })),
    );
    return lastGood !== null && lowestBreak !== null ? lastGood.level : null;
}

/* The lower one of two in the middle, as for levels. */
function cpuAt({ steps }, level) {
    const figures = steps
        .filter((each) => each.level === level && each.verdict === 'pass')
        .map(({ step }) => step.reported.cpu_ns_per_request)
        .filter((ns) => ns > 0)
        .sort((a, b) => a - b);
    return figures[Math.floor((figures.length - 1) / 2)] ?? null;
}

/* By how much memory rises for one more connection: the line of least squares through the good steps of the trial that stands
 * for it; null with fewer than three. */
function memoryPerConnection(run, backend) {
    if (!['connections', 'open_connections'].includes(run.report.doubling.what) || backend.lastGood === null) {
        return null;
    }
    const points = backend.steps
        .filter((each) => each.trial === backend.lastGood.trial && passedAt(backend, each))
        .map(({ step }) => [step.load.connections, step.reported.rss_peak_bytes ?? 0]);
    const sum = (of) => points.reduce((all, point) => all + of(point), 0);
    const x = sum(([connections]) => connections);
    const spread = points.length * sum(([connections]) => connections * connections) - x * x;
    return points.length >= POINTS_LEAST && spread > 0
        ? (points.length * sum(([connections, bytes]) => connections * bytes) - x * sum(([, bytes]) => bytes)) / spread
        : null;
}

/* `found` is what findings.js finds, with its common level. */
export function scoresOf({ run, limits, common }, backend) {
    const trusted = backend.distrusted === null;
    const under = (ms) => (trusted ? capacityUnder(run, limits, backend, ms * 1e6) : null);
    const capacities = Object.fromEntries(P99_LIMITS_MS.map((ms) => [`${ms}ms`, under(ms)]));
    const all = Object.values(capacities);
    const good = backend.lastGood?.step.reported ?? null;
    return {
        capacities,
        criticalCapacity: all.includes(null)
            ? null
            : Math.exp(all.reduce((sum, level) => sum + Math.log(level), 0) / all.length),
        doublings: good !== null ? Math.log2(backend.holdsAt / run.report.doubling.from) : null,
        cpuPerRequest: common !== null && trusted ? cpuAt(backend, common) : null,
        goodPerCore: good !== null ? good.good_rps / run.coreCount : null,
        memoryPerConnection: memoryPerConnection(run, backend),
        goodPer100MB: good !== null && good.rss_peak_bytes > 0 ? good.good_rps / (good.rss_peak_bytes / MB_100) : null,
    };
}
