// @ts-check
/* The generators of a fleet beside each other: what each host sent, and what it saw. */
import { h } from '../dom.js';
import { count, level, share, time } from '../words.js';

const COLUMNS = [
    'service',
    'load',
    '',
    'host',
    'offered',
    'p99',
    'send lag',
    'busy',
    'no core',
    'late',
    'clock',
    'round trip',
];

const known = (write, value) => (value === null || value === 0 ? '–' : write(value));

/* One row for each generator in each step that is shown, the steps one below the other. */
function rowsOf(run) {
    const rows = run.report.generators.flatMap(({ host, loads }) => loads.map((load) => ({ host, ...load })));
    const steps = [...new Set(rows.map((row) => `${row.backend} ${row.level}`))];
    return steps.flatMap((step) => rows.filter((row) => `${row.backend} ${row.level}` === step));
}

const cellsOf = (run, row) => [
    row.backend,
    level(run, row.level),
    row.held ? 'held' : 'broke',
    row.host,
    count(row.offered),
    known(time, row.p99_ns),
    known(time, row.send_lag_p99_ns),
    share(row.busy_share),
    share(row.starved_share),
    known(time, row.late_ns),
    known(time, row.clock_error_ns),
    known(time, row.round_trip_ns),
];

export function generatorsPart(view) {
    const body = h('tbody');
    const element = h(
        'section',
        { 'aria-labelledby': 'generators' },
        h('h2', { id: 'generators' }, 'The generators'),
        h(
            'p',
            null,
            'Each host sent its share of one schedule. Late: after the agreed start. Clock: its error, at most. ' +
                'Round trip: the bare one of the network to the service’s host, before the load.',
        ),
        h(
            'div',
            { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'What each generator sent and saw' },
            h(
                'table',
                null,
                h('thead', null, h('tr', null, ...COLUMNS.map((name) => h('th', { scope: 'col' }, name)))),
                body,
            ),
        ),
    );

    element.refresh = () => {
        const { run } = view.found();
        element.hidden = run.report.generators === undefined;
        if (!element.hidden) {
            body.replaceChildren(
                ...rowsOf(run).map((row) => h('tr', null, ...cellsOf(run, row).map((cell) => h('td', null, cell)))),
            );
        }
    };
    return element;
}
