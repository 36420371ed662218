// @ts-check
/* What became of the requests of one step: in all, and of each request class. */
import { FAILURES } from '../charts/multiples.js';
import { h } from '../dom.js';
import { count, list, share, time } from '../words.js';

export function facts(view) {
    const chosen = view.chosen();
    if (chosen === null) {
        return [];
    }
    const { tally, reported, load } = chosen.judged.step;
    const facts = [
        ['offered', count(tally.offered)],
        ['sent', count(tally.sent)],
        ['answered', count(tally.completed)],
        ['successful within the deadline', count(tally.good)],
        ['connections', count(load.connections)],
        ['CPU', share(reported.service_cpu_share)],
        ['CPU time a request', time(reported.cpu_ns_per_request)],
    ];
    return facts.map(([name, value]) => h('span', null, `${name} `, h('b', null, value)));
}

/* "512 timeout, 3 status": how they failed. */
function failedHow({ failed, failures }) {
    const how = Object.entries(failures)
        .filter(([, times]) => times > 0)
        .map(([kind, times]) => `${FAILURES[kind] ?? kind}${times < failed ? ` ${count(times)}` : ''}`);
    return how.length > 0 ? h('small', null, list(how)) : null;
}

/* Those that were due and never went out, because every connection was in use, are of no class. */
function unsentRow({ offered, sent }) {
    return offered > sent
        ? h(
              'tr',
              { class: 'unsent' },
              h('th', { scope: 'row' }, h('i', null, 'never sent')),
              ['–', '–', '–', '–'].map((cell) => h('td', null, cell)),
              h('td', null, count(offered - sent)),
          )
        : null;
}

/* What became of each request class, where the scenario has several. */
export function requestClasses(view) {
    const requests = view.chosen()?.judged.step.requests ?? [];
    if (requests.length < 2) {
        return [];
    }
    const columns = ['request', 'sent', 'successful', 'p50', 'p99', 'failed'];
    return [
        h(
            'thead',
            null,
            h(
                'tr',
                null,
                columns.map((column) => h('th', { scope: 'col' }, column)),
            ),
        ),
        h(
            'tbody',
            null,
            unsentRow(view.chosen().judged.step.tally),
            requests.map((request) =>
                h(
                    'tr',
                    null,
                    h(
                        'th',
                        { scope: 'row' },
                        request.name,
                        request.expectation === 'expected_error' ? h('small', null, 'expected error') : null,
                    ),
                    [count(request.offered), count(request.good), time(request.p50_ns), time(request.p99_ns)].map(
                        (cell) => h('td', null, cell),
                    ),
                    h('td', null, count(request.failed), failedHow(request)),
                ),
            ),
        ),
    ];
}
