// @ts-check
/* All shared runs: a row a run and service, to be narrowed by scenario, machine, service and class. What is chosen
 * stands in the address, so that a view of it can be sent to somebody. */
import { copyPart } from '../copy.js';
import { h } from '../dom.js';
import { paletteOf } from '../palette.js';
import { count, rate, share, size, time } from '../words.js';
import { dropPart } from './drop.js';
import { markdownOf } from './markdown.js';
import { matrix } from './matrix.js';
import { frame, row, section, table } from './frame.js';

const machineOf = ({ machine }) =>
    `${machine.cpu ?? 'unknown CPU'}, ${machine.cores} core${machine.cores === 1 ? '' : 's'}`;

/** @type {[string, string, (entry: any) => any][]} */
const FILTERS = [
    ['scenario', 'scenario', ({ run }) => run.scenario],
    ['machine', 'machine', ({ run }) => machineOf(run)],
    ['backend', 'service', ({ backend }) => backend.name],
    ['class', 'class', ({ backend }) => backend.class ?? 'unknown'],
];

/* What each column sorts by; highest first. */
/** @type {[string, ((entry: any) => any) | null][]} */
const COLUMNS = [
    ['service', null],
    ['holds', ({ backend }) => backend.capacity_level],
    ['of reference', ({ backend }) => backend.relative_share],
    ['breaks at', null],
    ['broke first', null],
    ['because', null],
    ['CPU time a request', ({ backend }) => backend.cpu_ns_per_request],
    ['memory', ({ backend }) => backend.rss_peak_bytes],
    ['p99 at capacity', ({ backend }) => backend.p99_ns],
    ['run', ({ run }) => run.started],
];

const NUMBERS = new Set(['holds', 'of reference', 'breaks at', 'CPU time a request', 'memory', 'p99 at capacity']);

function readHash(known) {
    const asked = new URLSearchParams(location.hash.slice(1));
    const state = { sort: COLUMNS.findIndex(([name]) => name === asked.get('sort')) };
    for (const [key] of FILTERS) {
        state[key] = known[key].includes(asked.get(key)) ? asked.get(key) : '';
    }
    return state;
}

function writeHash(state) {
    const said = new URLSearchParams();
    for (const [key] of FILTERS.filter(([name]) => state[name] !== '')) {
        said.set(key, state[key]);
    }
    if (state.sort >= 0) {
        said.set('sort', COLUMNS[state.sort][0]);
    }
    history.replaceState(null, '', said.size > 0 ? `#${said}` : location.href.split('#')[0]);
}

function heldCell({ backend }, most) {
    const bar =
        backend.capacity_level > 0 && most > 0
            ? h('i', {
                  class: 'bar-of',
                  style: `width: ${((backend.capacity_level / most) * 100).toFixed(1)}%`,
                  'aria-hidden': 'true',
              })
            : null;
    return h('td', { class: 'number held' }, backend.absent !== null ? '–' : (backend.holds ?? '–'), bar);
}

const brokeFirst = ({ absent, broke }) =>
    absent !== null || broke === null || broke === '-' ? '–' : broke.split(', then ')[0];

function rowOf(entry, most, palette) {
    const { run, backend } = entry;
    const known = (value, write) => h('td', { class: 'number' }, value === null ? '–' : write(value));
    return row([
        h(
            'th',
            { scope: 'row' },
            h('span', { class: 'name', style: `color: ${palette.colour(backend.name)}` }, backend.name),
            h(
                'small',
                null,
                [backend.language, backend.framework, backend.class === 'production' ? null : backend.class]
                    .filter(Boolean)
                    .join(', '),
            ),
        ),
        heldCell(entry, most),
        known(backend.relative_share, share),
        h('td', { class: 'number' }, backend.breaks_at ?? '–'),
        h('td', { class: 'long' }, brokeFirst(backend)),
        h('td', { class: 'long' }, backend.absent ?? backend.cause ?? '–'),
        known(backend.cpu_ns_per_request, time),
        known(backend.rss_peak_bytes, size),
        known(backend.p99_ns, time),
        h(
            'td',
            { class: 'when' },
            h(
                'a',
                { href: run.report },
                h('span', { class: 'unseen' }, 'report of '),
                run.file.replace(/\.jsonl(\.gz)?$/, ''),
            ),
            h(
                'small',
                null,
                `${(run.started ?? '').slice(0, 10)}, ${run.profile}, `,
                `${count(run.trials)} trial${run.trials === 1 ? '' : 's'}`,
                run.complete ? '' : ', cut short',
            ),
        ),
    ]);
}

function order(state) {
    const by = COLUMNS[state.sort]?.[1] ?? (({ backend }) => backend.relative_share ?? backend.capacity_level);
    return (a, b) => {
        const [left, right] = [by(a) ?? -Infinity, by(b) ?? -Infinity];
        return left < right ? 1 : left > right ? -1 : a.backend.name.localeCompare(b.backend.name);
    };
}

function referenceOf({ calibration }) {
    return calibration === null
        ? 'reference service not measured'
        : `its reference service answers ${rate(calibration.throughput_rps)}`;
}

/* Figures of one scenario belong together; those of two have nothing to say to each other. */
function scenarioSection(name, entries, state, change, palette) {
    const most = Math.max(0, ...entries.map(({ backend }) => backend.capacity_level ?? 0));
    const machines = [...new Map(entries.map(({ run }) => [machineOf(run), run])).entries()];
    const words = ([column, by], i) =>
        by === null
            ? column
            : h(
                  'button',
                  {
                      type: 'button',
                      class: 'plain sort',
                      'aria-pressed': String(state.sort === i),
                      title: `Sort by ${column}`,
                      onclick: () => change({ sort: state.sort === i ? -1 : i }),
                  },
                  column,
              );
    const heads = () =>
        COLUMNS.map((column, i) => ({ words: words(column, i), className: NUMBERS.has(column[0]) ? 'number' : null }));
    return section(
        `scenario-${name}`,
        name,
        h('p', { class: 'summary' }, entries[0].run.why),
        machines.map(([machine, run]) => {
            const here = entries.filter((entry) => machineOf(entry.run) === machine).sort(order(state));
            return h(
                'div',
                null,
                h(
                    'h3',
                    null,
                    machine,
                    h(
                        'small',
                        { class: 'of-machine' },
                        [run.machine.system, referenceOf(run)].filter(Boolean).join('; '),
                    ),
                ),
                table(
                    `${name} on ${machine}`,
                    heads(),
                    here.map((entry) => rowOf(entry, most, palette)),
                    'results stacked',
                ),
            );
        }),
    );
}

export function showResults({ runs }) {
    const entries = runs.flatMap((run) => run.backends.map((backend) => ({ run, backend })));
    const known = Object.fromEntries(FILTERS.map(([key, , of]) => [key, [...new Set(entries.map(of))].sort()]));
    const palette = paletteOf(known.backend);
    const body = h('div', { class: 'scenarios' });
    const said = h('p', { class: 'note', 'aria-live': 'polite' });
    const copy = copyPart('Copy as Markdown', () => `${said.textContent}\n\n${markdownOf(body)}`);
    let state = readHash(known);

    const selects = FILTERS.map(([key, word]) =>
        h(
            'select',
            { 'data-filter': key, onchange: ({ target }) => change({ [key]: target.value }) },
            h('option', { value: '' }, `every ${word}`),
            known[key].map((value) => h('option', { value }, value)),
        ),
    );
    const show = () => {
        selects.forEach((select, i) => {
            select.value = state[FILTERS[i][0]];
        });
        const left = entries.filter((entry) =>
            FILTERS.every(([key, , of]) => state[key] === '' || of(entry) === state[key]),
        );
        const scenarios = [...new Set(left.map(({ run }) => run.scenario))].sort();
        const files = new Set(left.map(({ run }) => run.file)).size;
        copy.refresh();
        said.textContent = `${count(left.length)} of ${count(entries.length)} measurements, from ${count(files)} runs.`;
        body.replaceChildren(
            matrix(left, known.backend, palette, machineOf),
            ...scenarios.map((name) =>
                scenarioSection(
                    name,
                    left.filter(({ run }) => run.scenario === name),
                    state,
                    change,
                    palette,
                ),
            ),
        );
    };
    const change = (part) => {
        const focused = document.activeElement?.classList.contains('sort') ? document.activeElement.textContent : null;
        state = { ...state, ...part };
        writeHash(state);
        show();
        [...body.querySelectorAll('button.sort')].find((button) => button.textContent === focused)?.focus();
    };

    frame(
        'What breaks first when traffic doubles: all shared runs',
        'A row for every service of every run in results/shared. Ratios to the reference service may be compared ' +
            'across machines; raw figures only within one.',
        [
            h(
                'form',
                { class: 'filters', onsubmit: (event) => event.preventDefault() },
                FILTERS.map(([, word], i) => h('label', null, h('span', null, word), selects[i])),
            ),
            dropPart(),
            said,
            copy,
            body,
        ],
        [
            'To share your own run: results/README.md says how. This page needs no network; it is made again by ',
            h('code', null, 'make results-page'),
            '.',
        ],
    );
    show();
    window.addEventListener('hashchange', () => {
        state = readHash(known);
        show();
    });
}
