// @ts-check
/* The moments of one step: what was measured in each interval, and at each sample of its host and dependencies. */

/* One row an interval. */
export function rowsOf({ step }, name) {
    const { intervals, load } = step;
    const seconds = load.window_ns / 1e9;
    return intervals.offered.map((offered, i) => ({
        from: i * seconds,
        to: (i + 1) * seconds,
        offered: offered / seconds,
        good: intervals.good[i] / seconds,
        high: intervals.quantiles[name][i],
        median: intervals.quantiles.p50[i],
        max: intervals.max[i],
        inFlight: intervals.in_flight[i],
    }));
}

/* One row a sample of the host: what was used since the sample before that has the same reading; null: not read. */
export function samplesOf({ step }, coreCount) {
    const { samples, load } = step;
    const { at_ns: at, cpu_ns: cpu, busiest_thread_cpu_ns: thread, rss_bytes: memory } = samples;
    let before = -1;
    return at
        .map((ns, i) => {
            const row = {
                at: ns / 1e9,
                cpu: /** @type {number | null} */ (null),
                thread: i > 0 && thread[i] !== null ? thread[i] / (ns - at[i - 1]) : null,
                memory: memory[i] === null ? null : memory[i] * step.memoryShare,
            };
            if (cpu[i] !== null) {
                row.cpu = before >= 0 ? (cpu[i] - cpu[before]) / (ns - at[before]) / coreCount : null;
                before = i;
            }
            return row;
        })
        .filter(({ at: seconds }) => seconds >= 0 && seconds <= load.measured_ns / 1e9);
}

const DASHES = ['none', '5 3', '1 3', '8 3 1 3'];

/* What each dependency used of a core, between one of its samples and the next. */
export function dependenciesOf({ step }) {
    return step.dependencies.map(({ name, samples }, i) => {
        const at = samples.at_ns;
        const cores = at.map((ns, k) => ({
            x: ns / 1e9,
            y: k > 0 ? (samples.cpu_ns[k] - samples.cpu_ns[k - 1]) / (ns - at[k - 1]) : 0,
        }));
        return {
            name,
            dash: DASHES[i % DASHES.length],
            cores: cores.filter(({ x }, k) => k > 0 && x >= 0 && x <= step.load.measured_ns / 1e9),
        };
    });
}
