// @ts-check
/* What each service costs to own and to run. */
import { h } from '../dom.js';
import { count, level, rounded, size, time } from '../words.js';
import { beside } from './beside.js';

const reported = (key) => (backend) => backend.reported[key];
const whereItHolds =
    (key) =>
    ({ lastGood }) =>
        lastGood?.step.reported[key];

function figuresOf({ run }) {
    const there = ({ holdsAt }) => `at ${level(run, holdsAt)}`;
    return [
        {
            name: 'CPU a request',
            says: 'at the highest load that it holds',
            value: whereItHolds('cpu_ns_per_request'),
            write: time,
            beside: there,
        },
        {
            name: 'CPU a request, cold',
            says: 'in the first step of a fresh process, beside what it takes under the same load after the ladder',
            value: ({ reported: { cold_start: cold } }) => cold?.cpu_ns_per_request_cold,
            write: time,
            beside: ({ reported: { cold_start: cold } }) =>
                `${rounded(cold.cpu_ratio)} times the ${time(cold.cpu_ns_per_request_warm)} when warm`,
        },
        {
            name: 'Memory',
            says: 'resident, at its most, at that load',
            value: whereItHolds('rss_peak_bytes'),
            write: size,
        },
        { name: 'Memory, idle', says: 'before any load', value: reported('idle_rss_bytes'), write: size },
        {
            name: 'Cold start',
            says: 'from starting the process to its first answer',
            value: reported('cold_start_ns'),
            write: time,
        },
        { name: 'First request', says: 'right after that', value: reported('first_request_ns'), write: time },
        {
            name: 'Lost by a fault',
            says: 'other requests, for each that makes it fail, at the lowest load',
            value: ({ reported: { faults } }) => faults[0]?.others_lost_per_fault,
            write: rounded,
            beside: ({ reported: { faults } }) =>
                `below full capacity for ${time(faults[0].below_full_ns_per_fault)} each`,
        },
        {
            name: 'Artifact',
            says: 'what must be copied to an empty machine, the runtime with it',
            value: ({ reported: { artifact_bytes: own, runtime_bytes: runtime } }) => own && own + (runtime ?? 0),
            write: size,
        },
        { name: 'Dependencies', says: 'of others, compiled or loaded', value: reported('dependencies'), write: count },
        { name: 'Build', says: 'from scratch', value: reported('build_clean_ns'), write: time },
        { name: 'Build', says: 'after one changed line', value: reported('build_changed_ns'), write: time },
        { name: 'Source', says: 'lines', value: reported('source_lines'), write: count },
        {
            name: 'A field more',
            says: 'through all operations: lines taken away and added, without tests',
            value: ({ reported: { change } }) => change?.lines,
            write: count,
            beside: ({ reported: { change } }) => `in ${change.files} files`,
        },
    ];
}

const added = ({ environment }) => (environment ? `; with ${environment}` : '');

export function costsPart(view) {
    const table = beside('Costs of every service');
    const versions = h('ul', { class: 'versions' });
    const element = h(
        'section',
        { 'aria-labelledby': 'costs' },
        h('h2', { id: 'costs' }, 'What it costs to own'),
        h('p', { class: 'summary' }, 'Less is better in every row.'),
        table,
        versions,
    );

    element.refresh = () => {
        const found = view.found();
        const backends = found.trusted.filter(({ skipped }) => !skipped);
        element.hidden = backends.length === 0;
        table.show(figuresOf(found), backends, view.palette());
        versions.replaceChildren(
            ...found.backends
                .filter(({ skipped, reported: { versions: known } }) => !skipped && known)
                .map(({ name, reported: known }) =>
                    h(
                        'li',
                        null,
                        h('b', null, name),
                        ` ${known.versions}${known.class ? `; ${known.class}` : ''}`,
                        added(known),
                    ),
                ),
        );
    };
    return element;
}
