// @ts-check
/* What runs out first: for every service each resource that is used up, at which load, and how well that is known. */
import { h } from '../dom.js';
import { figure } from '../figure.js';
import { count, level, list, share, size } from '../words.js';
import { intervals } from './intervals.js';

/* As harness/report/words/resource_phrase.c has them. */
export const RESOURCES = {
    cpu: 'cores',
    'one-thread': 'one thread',
    quota: 'CPU quota',
    memory: 'memory',
    'file-descriptors': 'file descriptors',
    'accept-queue': 'accept queue',
    connections: 'client connections',
    pool: 'session pool',
    dependency: 'dependency',
    network: 'network',
};

/* A load that was run is known to three digits, one that is projected to two. */
const rounded = ({ measured }, load) => Number(load.toPrecision(measured ? 3 : 2));

function loadWords(run, each) {
    return `${each.measured ? '' : 'about '}${level(run, rounded(each, each.exhausted_at_level))}`;
}

/** @param {any} each */
function betweenWords(each) {
    const { low_level: low, high_level: high } = each;
    if (each.exhausted_at_level === null) {
        return '–';
    }
    const ends = [low, high].map((end) => (end === null ? null : count(rounded(each, end))));
    if (high === null) {
        return `${ends[0]} or more`;
    }
    return low === 0 ? `${ends[1]} or less` : ends[0] === ends[1] ? '–' : `${ends[0]} to ${ends[1]}`;
}

const resourcesOf = ({ reported }) => reported.resources ?? [];
const usedUp = (backend) => resourcesOf(backend).filter(({ exhausted_at_level: at }) => at !== null);

function rowsOf(found) {
    return found.trusted.flatMap((backend) =>
        usedUp(backend).map((each) => ({
            name: backend.name,
            label: RESOURCES[each.resource] ?? each.resource,
            low: each.low_level,
            high: each.high_level,
            at: each.exhausted_at_level,
            solid: each.measured,
            words: `${each.measured ? '' : 'about '}${count(rounded(each, each.exhausted_at_level))}`,
        })),
    );
}

function summary(found) {
    const firsts = found.trusted
        .map((backend) => ({ name: backend.name, first: usedUp(backend)[0] }))
        .filter(({ first }) => first !== undefined)
        .map(({ name, first }) => `${name}, ${RESOURCES[first.resource]} at ${loadWords(found.run, first)}`);
    if (firsts.length === 0) {
        return 'Nothing was used up, nor does anything grow so fast that it would be.';
    }
    return (
        `First: ${firsts.join('; ')}. Filled: used up in a step, between the highest load with some left and the ` +
        'lowest without. Hollow: where the line through the loads that did not break reaches what there is, with its ' +
        '95 % interval.'
    );
}

const AMOUNTS = { cores: (value) => `${value.toFixed(2)} cores`, bytes: size, share };

function amount({ unit }, value) {
    return value === null ? '–' : (AMOUNTS[unit] ?? count)(value);
}

function table(found) {
    return {
        columns: ['service', 'what', 'used up at', 'between', 'in use', 'of', 'at', 'known by'],
        rows: found.trusted.flatMap((backend) =>
            resourcesOf(backend).map((each) => [
                backend.name,
                RESOURCES[each.resource] ?? each.resource,
                each.exhausted_at_level === null ? '–' : loadWords(found.run, each),
                betweenWords(each),
                amount(each, each.used),
                amount(each, each.most),
                each.used_at_level === null ? '–' : level(found.run, each.used_at_level),
                each.trials > 1 && each.measured
                    ? `measured, in ${each.exhausted_in_trials} of ${each.trials} trials`
                    : each.end,
            ]),
        ),
    };
}

export function resources(view) {
    const shown = figure({
        title: 'What runs out first',
        level: 2,
        className: 'resources',
        draw: (width) => intervals(view.found(), rowsOf(view.found()), view.palette(), width),
        summary: () => summary(view.found()),
        table: () => table(view.found()),
    });
    const unread = h('p', { class: 'summary' });
    const element = h('div', null, shown, unread);
    element.refresh = () => {
        const { trusted } = view.found();
        const known = trusted.flatMap(resourcesOf).filter(({ used_at_level: at }) => at !== null);
        const unknown = trusted.flatMap(resourcesOf).filter(({ end }) => end === 'not known');
        element.hidden = known.length === 0;
        unread.textContent =
            unknown.length > 0
                ? `Not read: ${list([...new Set(unknown.map(({ resource }) => RESOURCES[resource]))])}.`
                : '';
        shown.refresh();
    };
    return element;
}
