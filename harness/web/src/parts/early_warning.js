// @ts-check
/* Whether the break could be seen coming, and in what (harness/report/text/forecasts.c says the same in a
 * table). */
import { h } from '../dom.js';
import { count, level, share, size, time } from '../words.js';
import { beside } from './beside.js';

const VALUES = {
    cpu: (value, run) => share(value / run.coreCount),
    thread: share,
    memory: size,
    latency: time,
    in_flight: count,
    dependency_cpu: share,
    dependency_places: count,
};
const WHAT = {
    cpu: 'its cores',
    thread: 'its busiest thread',
    memory: 'memory',
    latency: 'latency',
    in_flight: 'requests in flight',
    dependency_cpu: 'the CPU of what it depends on',
    dependency_places: 'the places in what it depends on',
};
const STEPS = [null, 'one step earlier', 'two steps earlier'];

const valueOf = (run, signal, value) => (VALUES[signal] ?? String)(value, run);

function seenWords(run, { signal, seen }, thatThread) {
    const value = valueOf(run, signal, seen);
    switch (signal) {
        case 'cpu':
            return `${run.coreCount === 1 ? 'its core was' : 'its cores were'} ${value} busy`;
        case 'thread':
            return `${thatThread ? 'that thread' : 'its busiest thread'} was at ${value}`;
        case 'memory':
            return `its memory was at ${value} and growing`;
        case 'dependency_cpu':
            return `what it depends on was ${value} busy`;
        case 'dependency_places':
            return `in what it depends on, ${value} were at work at a time`;
        case 'latency':
            return `p99 was at ${value} and growing`;
        default:
            return `requests in flight were at ${value} and growing`;
    }
}

/* ", which projected to 190 % at 16,000/s", at the load of the ladder that broke; "" where that is not known. */
function projectedWords(run, visible) {
    if (visible.expected === null) {
        return '';
    }
    const expected = valueOf(run, visible.signal, visible.expected);
    return `, which projected to ${expected} at ${level(run, visible.expected_at)}`;
}

/* "3 of 4 such alarms were right": those of this signal for this service. */
function alarmsWords({ alarms, right }, none = 'no such alarm could be checked') {
    if (alarms === 0) {
        return none;
    }
    if (alarms === 1) {
        return `the only such alarm was ${right === 1 ? 'right' : 'false'}`;
    }
    return right === 0
        ? `none of ${alarms} such alarms was right`
        : `${right} of ${alarms} such alarms ${right === 1 ? 'was' : 'were'} right`;
}

const NO_ALARMS = { alarms: 0, right: 0 };

/* {head, more}: "one step earlier", and what was seen. */
function earlyWarning(run, { forecast, breaks }) {
    const visible = forecast?.early_warning ?? null;
    const next = forecast?.next ?? null;
    const alarms = (signal, none) => alarmsWords(forecast?.errors[signal] ?? NO_ALARMS, none);
    if (visible !== null && visible.steps_before > 0) {
        const projected = projectedWords(run, visible);
        const seen = seenWords(run, visible, breaks[0]?.cause === 'one-thread');
        return {
            head: STEPS[visible.steps_before] ?? `${visible.steps_before} steps earlier`,
            more:
                `${seen}${visible.in_spikes ? ' in its spikes' : ''} at ${level(run, visible.level)}${projected}; ` +
                alarms(visible.signal),
        };
    }
    if (visible !== null && visible.withdrawn_signal !== null) {
        const signal = visible.withdrawn_signal;
        const only = (forecast.errors[signal]?.right ?? 0) > 0 ? 'only ' : '';
        const told = `a forecast of ${WHAT[signal]} showed it coming`;
        return { head: 'no', more: `${told}, but ${only}${alarms(signal)}` };
    }
    if (visible !== null) {
        return { head: 'no', more: 'nothing in the steps before it showed it coming' };
    }
    if (next === null) {
        return null;
    }
    const expected = `${valueOf(run, next.signal, next.expected)} expected`;
    const checked = alarms(next.signal, 'the first such alarm');
    const near = next.breaks
        ? `${WHAT[next.signal]} would be the first to break: ${expected}; ${checked}`
        : `no break is foretold; nearest to its limit would be ${WHAT[next.signal]} (${expected})`;
    return { head: 'nothing broke', more: `at ${level(run, next.level)}, ${near}` };
}

const missedWords = (misses) => `${misses === 0 ? 'no' : misses} ${misses === 1 ? 'break' : 'breaks'} without one`;

function figuresOf(run) {
    const seen = ({ reported }) => earlyWarning(run, reported);
    return [
        {
            name: 'Early warning',
            says:
                'how many steps before the break the steps until then already said that it would come, and in what; ' +
                'said only of a signal of whose alarms at least three of four were right',
            value: seen,
            write: ({ head }) => head,
            beside: (backend) => seen(backend)?.more,
            bar: false,
        },
        {
            name: 'Alarms',
            says:
                'forecasts that the next load is beyond a limit, over all trials up to the first load of each that ' +
                'broke: right if that load broke, false if it held',
            value: ({ reported }) => reported.forecast.alarms,
            write: ({ alarms, right }) => (alarms > 0 ? `${right} of ${alarms} right` : 'none'),
            beside: ({ reported }) => missedWords(reported.forecast.alarms.misses),
            bar: false,
        },
    ];
}

export function earlyWarningPart(view) {
    const table = beside('How well each break was seen coming');
    const element = h('div', { class: 'early-warning' }, table);
    element.refresh = () => {
        const { run, trusted } = view.found();
        const told = trusted.filter(({ reported }) => reported.forecast !== null);
        element.hidden = told.length === 0;
        table.show(figuresOf(run), told, view.palette());
    };
    return element;
}
