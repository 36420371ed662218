// @ts-check
/* Every scenario and every service at a glance: the load that each holds, coloured by how it stands beside the best of
 * its run. Of several runs of a scenario on a machine the newest counts. */
import { h } from '../dom.js';
import { count, shortCount } from '../words.js';
import { section } from './frame.js';

/* [{scenario, machine, run, cells: Map name -> backend, best}] */
function rowsOf(entries, machineOf) {
    const rows = new Map();
    for (const { run, backend } of entries) {
        const key = `${run.scenario}\n${machineOf(run)}`;
        const row = rows.get(key);
        if (row === undefined || (row.run !== run && (run.started ?? '') > (row.run.started ?? ''))) {
            rows.set(key, { run, machine: machineOf(run), cells: new Map([[backend.name, backend]]) });
        } else if (row.run === run) {
            row.cells.set(backend.name, backend);
        }
    }
    return [...rows.values()].sort(
        (a, b) => a.run.scenario.localeCompare(b.run.scenario) || a.machine.localeCompare(b.machine),
    );
}

/* A step of the scale is a doubling: as much as the best, half, a quarter, less. */
function shadeOf(held, best) {
    return held > 0 ? Math.min(3, Math.floor(Math.log2(best / held) + 0.5)) : 3;
}

function cellOf(backend, best) {
    if (backend === undefined) {
        return h('td', { class: 'none', role: 'cell' }, h('span', { class: 'unseen' }, 'not run'));
    }
    if (backend.absent !== null) {
        return h('td', { class: 'none', role: 'cell', title: backend.absent }, '–');
    }
    const held = backend.capacity_level;
    const open = backend.holds?.startsWith('>=') ?? false;
    const most = held >= 1e6 ? shortCount : count;
    const words = held === null ? 'none held' : `${open ? '≥ ' : ''}${most(held)}`;
    const first = backend.broke !== null && backend.broke !== '-' ? backend.broke.split(', then ')[0] : null;
    return h(
        'td',
        {
            role: 'cell',
            class: held === null ? 'none' : `shade-${shadeOf(held, best)}`,
            title: [backend.holds, first, backend.cause].filter(Boolean).join('; '),
        },
        words,
        first !== null ? h('small', null, first.replace(/ and .*|, .*/, ' …')) : null,
    );
}

/**
 * @param {any[]} entries
 * @param {string[]} services
 * @param {any} palette
 * @param {(run: any) => string} machineOf
 */
export function matrix(entries, services, palette, machineOf) {
    const rows = rowsOf(entries, machineOf);
    const machines = new Set(rows.map(({ machine }) => machine));
    const used = services.filter((name) => rows.some(({ cells }) => cells.has(name)));
    const table = h(
        'table',
        { class: 'matrix', role: 'table', 'aria-label': 'Capacity of every service in every scenario' },
        h(
            'thead',
            { role: 'rowgroup' },
            h(
                'tr',
                { role: 'row' },
                h('th', { scope: 'col', role: 'columnheader' }, 'scenario'),
                used.map((name) =>
                    h('th', { scope: 'col', role: 'columnheader', style: `color: ${palette.colour(name)}` }, name),
                ),
            ),
        ),
        h(
            'tbody',
            { role: 'rowgroup' },
            rows.map(({ run, machine, cells }) => {
                const best = Math.max(0, ...[...cells.values()].map(({ capacity_level: held }) => held ?? 0));
                return h(
                    'tr',
                    { role: 'row' },
                    h(
                        'th',
                        { scope: 'row', role: 'rowheader' },
                        h('a', { href: `#scenario-${run.scenario}`, onclick: goTo }, run.scenario),
                        machines.size > 1 ? h('small', null, machine) : null,
                    ),
                    used.map((name) => cellOf(cells.get(name), best)),
                );
            }),
        ),
    );
    return section(
        'matrix',
        'Every scenario, every service',
        h(
            'p',
            { class: 'summary' },
            'The highest load held (≥: no break was found), and the limit that breaks first. Dark: the most of ' +
                'its row; a shade lighter is a doubling less. Figures of one row belong together; those of two ' +
                'do not. Of several runs the newest.',
        ),
        h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'The matrix' }, table),
    );
}

/* The address keeps what is chosen: it is no place of the page. */
function goTo(event) {
    event.preventDefault();
    document.getElementById(event.currentTarget.getAttribute('href').slice(1))?.scrollIntoView();
}
