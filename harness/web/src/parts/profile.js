// @ts-check
/* What the services ran at the load that broke, and at the one that held: flame graphs of the stacks that `bench
 * --profile-break` sampled. A frame is as wide as its share of the samples; a click on it shows what is above it. */
import { flamegraph } from 'd3-flame-graph';
import 'd3-flame-graph/dist/d3-flamegraph.css';
import { select } from 'd3-selection';
import { h } from '../dom.js';
import { level, share } from '../words.js';

const MOST_WIDTH = 1040;

/** @typedef {{ name: string, value: number, children: Frame[] }} Frame */

/**
 * The tree of folded stacks: "main;serve;parse 42" a line.
 * @param {string} stacks
 */
export function treeOf(stacks) {
    /** @type {Frame} */
    const root = { name: 'all', value: 0, children: [] };
    for (const line of stacks.split('\n').filter((each) => each !== '')) {
        const space = line.lastIndexOf(' ');
        const count = Number(line.slice(space + 1));
        let at = root;
        at.value += count;
        for (const name of line.slice(0, space).split(';')) {
            let next = at.children.find((child) => child.name === name);
            if (next === undefined) {
                next = { name, value: 0, children: [] };
                at.children.push(next);
            }
            next.value += count;
            at = next;
        }
    }
    return root;
}

function graphOf(profile, width) {
    const place = h('div', { class: 'flame' });
    const chart = flamegraph().width(width).cellHeight(18).minFrameSize(2).selfValue(false).inverted(false);
    chart.label(({ data }) => `${data.name}: ${data.value} samples`);
    select(place).datum(treeOf(profile.stacks)).call(chart);
    return place;
}

function loadOf(run, profile, words, width) {
    if (profile === null) {
        return null;
    }
    const title = `At ${level(run, profile.level)}, ${words}`;
    if (profile.stacks === null) {
        return h('p', null, `${title}: not profiled: ${profile.missing}`);
    }
    return h('figure', null, h('figcaption', null, `${title}: ${profile.samples} samples`), graphOf(profile, width));
}

function rowOf({ function: name, share: now, share_before: before }) {
    const cells = [share(now), before === null ? '-' : share(before)];
    return h('tr', null, h('th', { scope: 'row' }, name), ...cells.map((cell) => h('td', null, cell)));
}

function tableOf(profile) {
    return h(
        'details',
        null,
        h('summary', null, 'The numbers'),
        h(
            'table',
            { class: 'data' },
            h(
                'thead',
                null,
                h(
                    'tr',
                    null,
                    ['function, without what it calls', 'at the break', 'before'].map((name) =>
                        h('th', { scope: 'col' }, name),
                    ),
                ),
            ),
            h('tbody', null, profile.functions.map(rowOf)),
        ),
    );
}

function serviceOf(run, { name, reported: { profile } }, width) {
    return h(
        'section',
        null,
        h('h3', null, name),
        loadOf(run, profile.broke, 'which broke', width),
        loadOf(run, profile.held, 'which held', width),
        profile.unresolved_share > 0
            ? h('p', null, `${share(profile.unresolved_share)} of the samples at the break: code without symbols.`)
            : null,
        profile.functions.length > 0 ? tableOf(profile) : null,
    );
}

export function profilePart(view) {
    const body = h('div', null);
    const element = h(
        'section',
        { class: 'profile', 'aria-labelledby': 'profile' },
        h('h2', { id: 'profile' }, 'What ran at the break'),
        h(
            'p',
            { class: 'summary' },
            'Stacks of its threads, sampled while the load that broke, and the highest that held, were run once ' +
                'more. A frame is as wide as its share of them, callers below; a click shows what is above it.',
        ),
        body,
    );
    element.refresh = () => {
        const { run, backends } = view.found();
        const profiled = backends.filter(({ reported }) => reported?.profile !== undefined);
        element.hidden = profiled.length === 0;
        const width = Math.min(MOST_WIDTH, document.documentElement.clientWidth - 48);
        body.replaceChildren(...profiled.map((backend) => serviceOf(run, backend, width)));
    };
    return element;
}
