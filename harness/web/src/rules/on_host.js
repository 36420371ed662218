/* What a step looked like from the host, out of its samples over the measured part. Mirrors harness/analysis/on_host.c.
 * In a decoded column, `rel` counts from the first sample: a counter's growth, whatever it began with. */

/* The first and last sample inside the measured part; null where there are not two. */
function measured(step) {
    const at = step.samples.at_ns.abs;
    const end = step.load.measured_ns;
    let first = 0;
    while (first < at.length && at[first] < 0) {
        first++;
    }
    let last = first;
    while (last + 1 < at.length && at[last + 1] <= end) {
        last++;
    }
    return last < at.length && at[last] > at[first] ? { first, last } : null;
}

/* Cores' worth that dependencies used of the service's cores: no work of strangers. */
function dependenciesBeside(step) {
    return step.dependencies
        .filter(({ shared }) => shared)
        .reduce((cores, dependency) => {
            const range = measured({ ...step, samples: dependency.samples });
            if (range === null) {
                return cores;
            }
            const { at_ns: at, cpu_ns: cpu } = dependency.samples;
            return (
                cores +
                Math.max(0, cpu.rel[range.last] - cpu.rel[range.first]) / (at.abs[range.last] - at.abs[range.first])
            );
        }, 0);
}

export function loadOnHost(step, coreCount) {
    const range = measured(step);
    if (range === null) {
        return {
            known: false,
            service_cores: 0,
            busiest_thread_share: 0,
            service_cores_busy: 0,
            run_delay_share: 0,
            rss_peak_bytes: 0,
            foreign_cores: 0,
            steal_share: 0,
        };
    }
    const { first, last } = range;
    const columns = step.samples;
    const growth = (name) => Math.max(0, columns[name].rel[last] - columns[name].rel[first]);
    const time = columns.at_ns.abs[last] - columns.at_ns.abs[first];
    const busy = growth('service_cores_busy_ns');
    const own = growth('cpu_ns');
    let busiest = 0;
    let peak = 0;
    for (let i = first; i <= last; i++) {
        busiest += i > first ? columns.busiest_thread_cpu_ns.abs[i] : 0;
        peak = Math.max(peak, columns.rss_bytes.abs[i]);
    }
    const beside = dependenciesBeside(step);
    const known = Math.max(
        own / time,
        Math.min(own / time + beside, coreCount),
    ); /* /proc/stat misses what runs between ticks */
    return {
        known: true,
        service_cores: own / time,
        busiest_thread_share: busiest / time,
        service_cores_busy: Math.max(busy / time, known) / coreCount,
        run_delay_share: growth('run_delay_ns') / time,
        rss_peak_bytes: peak,
        steal_share: growth('steal_ns') / time,
        foreign_cores: Math.max(0, (busy > own ? (busy - own) / time : 0) - beside),
    };
}
