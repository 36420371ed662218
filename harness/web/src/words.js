// @ts-check
/* Numbers as people read them: the words of harness/report/figures.c and harness/base/units.c. */

function scaled(value, unit) {
    return `${value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)} ${unit}`;
}

export function count(value) {
    return Math.round(value)
        .toString()
        .replace(/\B(?=(\d{3})+$)/g, ',');
}

export function time(ns) {
    if (ns === null || ns === undefined) {
        return '–';
    }
    return ns < 999.5
        ? `${Math.round(ns)} ns`
        : ns < 999.5e3
          ? scaled(ns / 1e3, 'µs')
          : ns < 999.5e6
            ? scaled(ns / 1e6, 'ms')
            : ns < 600e9
              ? scaled(ns / 1e9, 's')
              : scaled(ns / 60e9, 'min');
}

export function size(bytes) {
    if (!bytes) {
        return '–';
    }
    return bytes < 1023.5
        ? `${Math.round(bytes)} B`
        : bytes < 1023.5 * 1024
          ? scaled(bytes / 1024, 'KiB')
          : bytes < 1023.5 * 1048576
            ? scaled(bytes / 1048576, 'MiB')
            : scaled(bytes / 1073741824, 'GiB');
}

export function share(value) {
    if (value === null || value === undefined || !(value >= 0)) {
        return '–';
    }
    const percent = value * 100;
    if (value > 0 && value < 0.00005) {
        return '<0.01 %';
    }
    return `${percent.toFixed(percent >= 9.95 || percent === 0 ? 0 : percent >= 0.995 ? 1 : 2)} %`;
}

export function rate(rps) {
    return rps > 0 && rps < 9.95 ? `${rps.toFixed(1)}/s` : `${count(rps)}/s`;
}

/* "50.0 ms" as people write limits: "50 ms". */
function trimmed(words) {
    return words.replace(/^(\d+)\.0+ /, '$1 ').replace(/^(\d+\.\d*[1-9])0+ /, '$1 ');
}

export const setTime = (ns) => trimmed(time(ns));
export const setSize = (bytes) => trimmed(size(bytes));
export const setShare = (value) => `${Number((value * 100).toPrecision(6))} %`;

export function percentile(quantile) {
    return `p${Number((quantile * 100).toPrecision(6))}`;
}

/* Ticks: "1k", "128k", "1M"; "1,024", since "1.02k" would be another number. */
export function shortCount(value) {
    const [divided, unit] = value >= 1e6 ? [value / 1e6, 'M'] : value >= 1e3 ? [value / 1e3, 'k'] : [value, ''];
    if (value < 1e5 && Number.isInteger(value) && Number(divided.toPrecision(3)) !== divided) {
        return count(value);
    }
    return `${Number(divided.toPrecision(3))}${unit}`;
}

export function shortTime(ns) {
    const [divided, unit] =
        ns >= 1e9 ? [ns / 1e9, 's'] : ns >= 1e6 ? [ns / 1e6, 'ms'] : ns >= 1e3 ? [ns / 1e3, 'µs'] : [ns, 'ns'];
    return `${Number(divided.toPrecision(3))} ${unit}`;
}

/* "4.0": how many times as much. */
export const rounded = (ratio) => ratio.toFixed(1);

/* What doubles: "32,000/s", "64 connections", "400 users/s", "n = 4,096"; for an axis "offered, requests/s". */
export function level(run, value) {
    const { what, level_unit } = run.report.doubling;
    if (what === 'rate') {
        return `${count(value)}/s`;
    }
    if (what === 'sessions') {
        return `${count(value)} ${level_unit}`;
    }
    if (what === 'open_connections' || what === 'slow_connections') {
        return `${count(value)} ${what.replace(/_.*/, '')} connection${value === 1 ? '' : 's'}`;
    }
    if (what === 'subscribers') {
        return `${count(value)} subscriber${value === 1 ? '' : 's'}`;
    }
    return what === 'connections'
        ? `${count(value)} connection${value === 1 ? '' : 's'}`
        : `${level_unit} = ${count(value)}`;
}

/**
 * The same as the number and what is counted, for where there is little room: ["64", "connections"].
 * @returns {[string, string]}
 */
export function levelParts(run, value) {
    const words = level(run, value);
    const [number, ...unit] = words.split(' ');
    return /connections$|^(sessions|subscribers)$/.test(run.report.doubling.what)
        ? [number, unit.join(' ')]
        : [words, ''];
}

export function levelAxis(run) {
    const { what, level_unit } = run.report.doubling;
    return what === 'rate' || what === 'sessions' ? `offered load, ${level_unit}` : level_unit;
}

export function list(words) {
    return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/* A number and its unit stay on one line. */
export function kept(words) {
    return words.replace(/(\d) (?=(?:%|ns|µs|ms|s|min|B|KiB|MiB|GiB)(?![A-Za-z0-9]))/g, '$1\u00a0');
}

/* The limits that a step violated, by name: of them those that break first as the load grows. */
export function firstLimits({ firstLimits: names }) {
    return list(names);
}

/* Which run of its load a step was, and that the process was warm by then: ", run 2, warm"; nothing where it was the
 * only one. */
export function runWords({ attempt, phase }) {
    return `${attempt > 1 ? `, run ${attempt}` : ''}${phase === 'warm' ? ', warm' : ''}`;
}
