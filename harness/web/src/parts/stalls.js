// @ts-check
/* The stalls: bad moments of steps that decide nothing, with what the host did then. */
import { h } from '../dom.js';
import { kept, level, time } from '../words.js';

const COLUMNS = ['service', 'load', 'trial', 'into the step', 'length', 'above its limit', 'what the host did then'];

function rowOf(run, { name }, stall) {
    const host = stall.host !== null ? `${stall.host.in_words}.` : 'It was not read.';
    const cells = [
        level(run, stall.level),
        String(stall.trial),
        time(stall.at_ms * 1e6),
        time(stall.length_ms * 1e6),
        stall.limit,
    ];
    return h(
        'tr',
        null,
        h('th', { scope: 'row' }, name),
        cells.map((cell, i) => h('td', { 'data-of': COLUMNS[i + 1] }, kept(cell))),
        h('td', { class: 'long' }, kept(host)),
    );
}

export function stallsPart(view) {
    const body = h('tbody', null);
    const label = 'The stalls of every backend';
    const element = h(
        'section',
        { class: 'stalls', 'aria-labelledby': 'stalls' },
        h('h2', { id: 'stalls' }, 'Stalls'),
        h(
            'p',
            { class: 'summary' },
            'Moments that put a step above a limit, although that load, run again, or a higher one held: events, and ' +
                'not the capacity.',
        ),
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
                        COLUMNS.map((column) => h('th', { scope: 'col' }, column)),
                    ),
                ),
                body,
            ),
        ),
    );
    element.refresh = () => {
        const { run, trusted } = view.found();
        const rows = trusted.flatMap((backend) => backend.reported.stalls.map((stall) => rowOf(run, backend, stall)));
        element.hidden = rows.length === 0;
        body.replaceChildren(...rows);
    };
    return element;
}
