// @ts-check
/* One figure each for how much a service bears, and for how little; then each two of them by trials. */
import { drawSoon } from '../later.js';
import { h } from '../dom.js';
import { count, level, share, shortCount, size, time } from '../words.js';
import { beside } from './beside.js';

const whole = (value) => count(value);
const reach = (low, high, write) => (low === high ? write(low) : `${write(low)} to ${write(high)}`);

function capacityBeside({ capacityLow, capacityHigh, confidence, lowestBreak }) {
    const open = lowestBreak === null ? 'no break found; ' : '';
    return confidence > 0
        ? `${open}${reach(capacityLow, capacityHigh, count)}, ${share(confidence)} CI`
        : `${open}one trial: no interval`;
}

const p99Of = ({ lastGood }) => lastGood?.step.reported.p99_ns ?? null;

function writeP99(ns, { lastGood: { step } }, deadline_ns) {
    return `${step.reported.censored > 0 && ns >= deadline_ns ? 'at least ' : ''}${time(ns)}`;
}

function p99Beside({
    lastGood: {
        step: { reported },
    },
}) {
    return reported.p99_low_ns !== null ? `${time(reported.p99_low_ns)} to ${time(reported.p99_high_ns)}` : null;
}

/* "8k at 10 ms to 17.4k at 250 ms": the ends of the five. */
function criticalBeside(backend) {
    const all = Object.entries(backend.reported.scores.capacity_levels_by_p99);
    const words = ([limit, held]) => `${shortCount(held)} at ${limit.replace('ms', ' ms')}`;
    return all[0][1] === all[all.length - 1][1]
        ? `${shortCount(all[0][1])} under each`
        : `${words(all[0])} to ${words(all[all.length - 1])}`;
}

function figuresOf(found) {
    const { run, common } = found;
    const score =
        (key) =>
        ({ reported }) =>
            reported.scores[key];
    const at =
        common !== null
            ? `at ${level(run, common)}, the highest load of the ladder that all of them hold`
            : 'there is no load that all of them hold';
    return [
        {
            name: 'Capacity',
            says: 'the highest load held, the middle one over trials, and its interval. More is better',
            always: true,
            value: ({ lastGood, holdsAt }) => (lastGood !== null ? holdsAt : null),
            write: (value) => level(run, value),
            beside: capacityBeside,
        },
        {
            name: 'p99 at capacity',
            says: 'with its 95 % interval, from how much the parts of the step differ. Less is better',
            value: p99Of,
            write: (ns, backend) => writeP99(ns, backend, run.report.deadline_ns),
            beside: p99Beside,
        },
        {
            name: 'Mean capacity over SLOs',
            always: true,
            says:
                'the geometric mean of what it holds under p99 limits of 10, 25, 50, 100 and 250 ms, ' +
                'the other limits as they are; – where one of the five is not between two steps of this run. ' +
                'More is better',
            value: score('critical_capacity_level'),
            write: whole,
            beside: (backend) => criticalBeside(backend),
        },
        {
            name: 'CPU time a request',
            says: `of the service’s processes, ${at}. Less is better`,
            always: true,
            value: score('cpu_ns_per_request'),
            write: time,
        },
        {
            name: 'Goodput a core',
            says: 'right and in time a second, at its capacity, by the cores that it may use. More is better',
            value: score('good_rps_per_core'),
            write: whole,
        },
        {
            name: 'Goodput a 100 MB',
            says: 'the same by the memory that it holds. More is better',
            value: score('good_rps_per_100mb'),
            write: whole,
        },
        {
            name: run.report.doubling.what === 'subscribers' ? 'Memory a subscriber' : 'Memory a connection',
            says: 'by how much it rises for each further one, over its good steps. Less is better',
            value: score('memory_bytes_per_connection'),
            write: (bytes) => (bytes >= 0 ? size(bytes) : '–'),
        },
    ];
}

/* --- each two beside each other --------------------------------------------------------------------------------- */

const FIGURES = { capacity: 'capacity', cpu: 'CPU time a request, over the loads both hold', p99: 'p99' };
const percent = (ratio) =>
    ratio > 100 ? 'above x100' : `${ratio >= 1 ? '+' : '−'}${Math.abs((ratio - 1) * 100).toFixed(1)} %`;
const DIFFERENCES = { seen: 'different', 'not seen': 'no difference seen', 'too few trials': 'too few trials to say' };

/* "too few trials to say; 9 could show it" */
function differenceOf({ difference, trials_needed: needed }) {
    const more = difference === 'too few trials' && needed !== null ? `; ${needed} could show it` : '';
    return (DIFFERENCES[difference] ?? difference) + more;
}

function rivalRow(pair) {
    const { first, second, figure, ratio, low, high, difference, trials } = pair;
    const interval = low === null ? 'one block: no interval' : `${percent(low)} to ${percent(high)}`;
    return h(
        'tr',
        { class: difference === 'seen' ? 'seen' : null },
        h('th', { scope: 'row' }, `${first} against ${second}`),
        [
            h('td', null, FIGURES[figure] ?? figure),
            h('td', null, percent(ratio)),
            h('td', null, interval),
            h('td', { 'data-of': 'pairs' }, count(trials)),
            h('td', null, differenceOf(pair)),
        ],
    );
}

function pairsPart() {
    const body = h('tbody', null);
    const note = h('p', { class: 'summary' });
    const label = 'Pairwise comparison of the services';
    const columns = ['services', 'figure', 'differs by', '95 % CI', 'pairs', ''];
    const element = h(
        'div',
        { class: 'pairs' },
        h('h3', null, 'Pairwise comparison'),
        note,
        h(
            'div',
            { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
            h(
                'table',
                { class: 'data', 'aria-label': label },
                h(
                    'thead',
                    null,
                    h(
                        'tr',
                        null,
                        columns.map((column) =>
                            h(column === '' ? 'td' : 'th', column === '' ? null : { scope: 'col' }, column),
                        ),
                    ),
                ),
                body,
            ),
        ),
    );
    element.refresh = (found) => {
        const { report } = found.run;
        element.hidden = report.trials < 2 || report.comparisons.length === 0;
        const at = found.common !== null ? `; p99 at ${level(found.run, found.common)}` : '';
        note.textContent =
            `By trials of the same block${at}. Different: the chance that any of these ` +
            `${report.comparisons.length} rows is wrong is at most 5 %.`;
        body.replaceChildren(...report.comparisons.map(rivalRow));
    };
    return element;
}

export function scoresPart(view) {
    const table = beside('Scores of every service');
    const pairs = pairsPart();
    const element = h('section', { 'aria-labelledby': 'scores' }, h('h2', { id: 'scores' }, 'Scores'), table, pairs);

    element.refresh = () => {
        const found = view.found();
        const judged = found.backends.filter(
            ({ skipped, lastGood, lowestBreak }) => !skipped && (lastGood !== null || lowestBreak !== null),
        );
        element.hidden = judged.length === 0;
        pairs.refresh(found);
        drawSoon(element, () => table.show(figuresOf(found), judged, view.palette()));
    };
    return element;
}
