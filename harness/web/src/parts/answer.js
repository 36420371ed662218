/* The top of the page: whose answers are wrong, the one answer, and a sentence for each backend. */
import { answer, sentence } from '../answer.js';
import { h } from '../dom.js';
import { sameLimits, limitsOf } from '../rules/limits.js';
import { kept } from '../words.js';

function sentenceOf(view, backend, own) {
    const words = own ? backend.reported.sentence : sentence(view.found(), backend);
    const rest = words.startsWith(backend.name) ? words.slice(backend.name.length) : ` ${words}`;
    const lead = /^[^.:;,(]*(?:[.,]\d[^.:;,(]*)*/.exec(rest)[0]; /* what it holds, and where it breaks */
    return h(
        'li',
        null,
        h('b', { style: `color: ${view.palette().colour(backend.name)}` }, backend.name),
        h('span', null, h('span', { class: 'lead' }, kept(lead)), kept(rest.slice(lead.length))),
    );
}

export function answerPart(view) {
    const distrusted = h('ul', { class: 'distrusted', 'aria-label': 'Services whose answers do not add up' });
    const said = h('p', { class: 'answer', 'aria-live': 'polite' });
    const sentences = h('ul', { class: 'sentences' });
    const element = h('section', { 'aria-label': 'The answer' }, distrusted, said, sentences);

    element.refresh = () => {
        const found = view.found();
        const { report } = found.run;
        const own = sameLimits(found.limits, limitsOf(report.limits));
        said.textContent = kept(own ? report.answer : answer(found));
        const wrong = found.backends.filter((backend) => backend.distrusted !== null);
        distrusted.hidden = wrong.length === 0;
        distrusted.replaceChildren(...wrong.map((backend) => sentenceOf(view, backend, own)));
        sentences.replaceChildren(...found.trusted.map((backend) => sentenceOf(view, backend, own)));
    };
    return element;
}
