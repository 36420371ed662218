/* The answer in words, under whatever limits are in force. Under the run's own limits the page shows the sentences of the
 * text report, which say more; these are for limits that the reader has moved. */
import { breach, INVALID_WORDS, level, list, time } from './words.js';

/* How many of the breaches stand at the earliest moment: those "broke first", in no order among each other. */
export function firstCount(breaches) {
    return breaches.filter(({ at_ns }) => at_ns === breaches[0].at_ns).length;
}

/* What the program found behind the step's break, where it broke alike under the run's own limits. */
export function causeWords(judged) {
    const { breaks } = judged.step.reported;
    const same = breaks.length > 0 && breaks[0].limit === judged.breaches[0].limit;
    return same ? breaks[0].cause_in_words : null;
}

export function firstLimits(judged) {
    return list(judged.breaches.slice(0, firstCount(judged.breaches)).map(({ limit }) => limit));
}

function breakWords(found, judged) {
    const { breaches, step } = judged;
    const first = firstCount(breaches);
    const when = breaches[0].at_ns === 0 ? 'at the start of the step' : `${time(breaches[0].at_ns)} into the step`;
    const how = breaches
        .slice(0, first)
        .map((each) => breach(each, found.limits, step))
        .join('; ');
    const cause = causeWords(judged);
    const next = breaches.slice(first).map(({ limit, at_ns }) => `${limit} at ${time(at_ns)}`);
    return (
        `${firstLimits(judged)} first, ${when} (${how})${cause !== null ? `, because ${cause}` : ''}` +
        `${next.length > 0 ? `; then ${list(next)}` : ''}.`
    );
}

export function sentence(found, backend) {
    const { run } = found;
    const { name } = backend;
    if (backend.skipped || backend.distrusted !== null || backend.steps.length === 0) {
        return backend.reported.sentence;
    }
    const holds = backend.lastGood !== null ? level(run, backend.holdsAt) : null;
    if (backend.firstBreak !== null) {
        const before = holds !== null ? `holds ${holds} and breaks` : 'breaks';
        const told =
            backend.firstBreak.level !== backend.breaksAt ? `. At ${level(run, backend.firstBreak.level)}, ` : ': ';
        return `${name} ${before} at ${level(run, backend.breaksAt)}${told}${breakWords(found, backend.firstBreak)}`;
    }
    if (holds !== null) {
        return `${name} holds at least ${holds}: no break found.`;
    }
    const why = [...new Set(backend.steps.flatMap(({ invalid }) => invalid))].map(
        (each) => INVALID_WORDS[each] ?? each,
    );
    return `${name} was not measured: no step says anything (${list(why)}).`;
}

function names(backends) {
    return list(backends.map(({ name }) => name));
}

const withinADoubling = (a, b) => a < 2 * b && b < 2 * a;

/* Two that are not told apart: by brackets that a search left, by one trial less than a doubling apart, or by what their
 * trials held. */
function overlap(a, b) {
    const near =
        a.breaksAt !== null &&
        b.breaksAt !== null &&
        withinADoubling(a.holdsAt, b.holdsAt) &&
        withinADoubling(a.breaksAt, b.breaksAt);
    const once = a.trials < 2 || b.trials < 2;
    const brackets = near && (once || (a.holdsAt < b.breaksAt && b.holdsAt < a.breaksAt));
    const trials = (a.trials > 1 || b.trials > 1) && a.holdsLeast <= b.holdsMost && b.holdsLeast <= a.holdsMost;
    return brackets || trials;
}

function sayFirst(found, first) {
    const { run } = found;
    if (first.length > 1) {
        const levels = [...new Set(first.map(({ breaksAt }) => breaksAt))].map((each) => level(run, each));
        const each = first.map((backend) => `${backend.name} on ${firstLimits(backend.firstBreak)}`);
        return `${names(first)} break first, at ${list(levels)} (no difference seen between them): ${each.join('; ')}`;
    }
    const cause = causeWords(first[0].firstBreak);
    const because = cause !== null ? `, because ${cause}` : '';
    return `${first[0].name} breaks first, at ${level(run, first[0].breaksAt)}: ${firstLimits(first[0].firstBreak)}${because}`;
}

export function answer(found) {
    const judged = found.backends.filter(({ lastGood, firstBreak }) => lastGood !== null || firstBreak !== null);
    const broken = judged.filter(({ firstBreak }) => firstBreak !== null);
    if (judged.length === 0) {
        return 'Under these limits the run gives no answer: no step of it says what a service holds.';
    }
    if (broken.length === 0) {
        const held = judged.map((backend) => `${backend.name} holds at least ${level(found.run, backend.holdsAt)}`);
        return `Nothing was seen to break: ${list(held)}.`;
    }
    const least = broken.reduce((lowest, each) => (each.breaksAt < lowest.breaksAt ? each : lowest));
    const first = broken.filter((each) => each.breaksAt === least.breaksAt || overlap(each, least));
    const most = Math.max(...judged.map(({ holdsAt }) => holdsAt));
    const leader = judged.find(({ holdsAt }) => holdsAt === most);
    const outlasts = first.every((each) => each !== leader && each.holdsAt < most);
    const longest = outlasts ? judged.filter((each) => each.holdsAt === most || overlap(each, leader)) : [];
    const open = longest.some(({ firstBreak }) => firstBreak === null) ? 'at least' : 'up to';
    const last =
        longest.length === 0 || judged.length === 1
            ? ''
            : `; ${names(longest)} hold${longest.length === 1 ? 's' : ''} longest, ${open} ${level(found.run, most)}`;
    return `${sayFirst(found, first)}${last}.`;
}
