// @ts-check
/* Where each limit breaks: for every service a row for each limit, in the order in which they break, with the loads
 * between which it does. */
import { figure } from '../figure.js';
import { count, level, list } from '../words.js';
import { intervals } from './intervals.js';

/* A load that is estimated is known to three digits, one that was run to the last. */
const rounded = (each, load) => (each.estimated ? Number(load.toPrecision(3)) : load);

const limitsOf = ({ reported }) => reported.limits;
const isSeen = ({ low_level: low, high_level: high }) => low > 0 || high !== null;

/* Below the lowest load that was run nothing is known: the row then ends there. */
function rowOf({ name }, each) {
    const { low_level: low, high_level: high, capacity_level: capacity } = each;
    return {
        name,
        label: each.limit,
        low,
        high,
        at: each.estimated ? capacity : null,
        solid: each.breaks_at_level !== null,
        words: each.estimated ? count(rounded(each, capacity)) : betweenWords(each),
    };
}

/** @param {any} each */
function betweenWords({ low_level: low, high_level: high }) {
    if (high === null) {
        return low > 0 ? `holds ${count(low)}` : '–';
    }
    return low > 0 ? `${count(low)} to ${count(high)}` : `below ${count(high)}`;
}

function rowsOf(found) {
    return found.trusted.flatMap((backend) =>
        limitsOf(backend)
            .filter(isSeen)
            .map((each) => rowOf(backend, each)),
    );
}

/* "go, latency, then errors and queue": equal places are not told apart. */
function orderWords({ name, reported: { limits } }) {
    const broken = limits.filter(({ breaks_at_level: at }) => at !== null);
    const places = [...new Set(broken.map(({ order }) => order))].map((order) =>
        list(broken.filter((each) => each.order === order).map(({ limit }) => limit)),
    );
    return places.length > 0 ? `${name}, ${places.join(', then ')}` : `${name}, none that was seen to break`;
}

function summary(found) {
    const told = found.trusted.filter((backend) => limitsOf(backend).length > 0);
    if (told.length === 0) {
        return 'No limit was judged.';
    }
    return (
        `In this order: ${told.map(orderWords).join('; ')}. A line reaches from a load at which the limit was ` +
        'seen to hold to one at which it was seen to break (over trials: the 95 % interval); a dot is the load at ' +
        'which it is just kept. Dashed: it was not seen to break. Limits whose lines overlap are not told apart.'
    );
}

function table({ run, trusted }) {
    const loadOf = (value) => (value === null ? '–' : level(run, value));
    return {
        columns: ['service', 'limit', 'place', 'holds up to', 'breaks at', 'just kept at', '95 % interval', 'first in'],
        rows: trusted.flatMap((backend) =>
            limitsOf(backend).map((each) => [
                backend.name,
                each.limit,
                each.breaks_at_level !== null ? String(each.order) : '–',
                loadOf(each.holds_at_level),
                loadOf(each.breaks_at_level),
                each.estimated ? level(run, rounded(each, each.capacity_level)) : '–',
                betweenWords(each),
                each.trials > 0 ? `${each.first_in} of ${each.trials} trials` : '–',
            ]),
        ),
    };
}

export function capacities(view) {
    const element = figure({
        title: 'Where each limit breaks',
        level: 2,
        className: 'capacities',
        draw: (width) => intervals(view.found(), rowsOf(view.found()), view.palette(), width),
        summary: () => summary(view.found()),
        table: () => table(view.found()),
    });
    const refresh = element.refresh;
    element.refresh = () => {
        element.hidden = rowsOf(view.found()).length === 0;
        refresh();
    };
    return element;
}
