/* What each service costs to own: a row each, with bars to compare by eye. */
import { h } from '../dom.js';
import { count, level, size, time } from '../words.js';

const COSTS = [
    ['CPU a request', 'where it holds', ({ lastGood }) => lastGood?.step.reported.cpu_ns_per_request, time],
    ['memory', 'where it holds', ({ lastGood }) => lastGood?.step.reported.rss_peak_bytes, size],
    ['memory', 'idle', ({ reported }) => reported.idle_rss_bytes, size],
    ['cold start', 'to the first answer of /healthz', ({ reported }) => reported.cold_start_ns, time],
    ['first request', 'after that', ({ reported }) => reported.first_request_ns, time],
    ['artifact', 'on disk', ({ reported }) => reported.artifact_bytes, size],
    ['dependencies', 'in the lock file', ({ reported }) => reported.dependencies, count],
    ['source', 'lines', ({ reported }) => reported.source_lines, count],
];

function cell(value, most, write) {
    const known = value !== null && value !== undefined;
    const bar = known && most > 0 ? h('i', { class: 'bar-of', style: `width: ${((value / most) * 100).toFixed(1)}%`, 'aria-hidden': 'true' }) : null;
    return h('td', null, known ? write(value) : '–', bar);
}

export function costsPart(view) {
    const table = h('table', { class: 'costs' });
    const versions = h('ul', { class: 'versions' });
    const element = h('section', { 'aria-labelledby': 'costs' }, h('h2', { id: 'costs' }, 'What it costs to own'),
        h('p', { class: 'summary' }, 'Less is better in every column.'),
        h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Costs of every backend' }, table), versions);

    element.refresh = () => {
        const found = view.found();
        const backends = found.backends.filter(({ skipped }) => !skipped);
        const used = COSTS.filter(([, , value]) => backends.some((backend) => value(backend) !== null && value(backend) !== undefined));
        const most = used.map(([, , value]) => Math.max(0, ...backends.map((backend) => value(backend) ?? 0)));
        element.hidden = backends.length === 0;
        table.replaceChildren(
            h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'backend'), used.map(([name, more]) => h('th', { scope: 'col' }, name, h('small', null, more))))),
            h('tbody', null, backends.map((backend) => h('tr', null,
                h('th', { scope: 'row', style: `color: ${view.palette().colour(backend.name)}` }, backend.name,
                    h('small', null, backend.lastGood !== null ? `holds ${level(found.run, backend.holdsAt)}` : 'holds nothing')),
                used.map(([, , value, write], i) => cell(value(backend), most[i], write))))));
        versions.replaceChildren(...backends.filter(({ reported }) => reported.versions).map(({ name, reported }) =>
            h('li', null, h('b', null, name), ` ${reported.versions}${reported.class ? `; ${reported.class}` : ''}`)));
    };
    return element;
}
