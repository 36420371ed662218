// @ts-check
/* The top of the page: whose answers are wrong, the one answer, and a sentence for each backend. */
import { h } from '../dom.js';
import { kept } from '../words.js';

function sentenceOf(view, backend) {
    const words = backend.reported.sentence;
    const rest = words.startsWith(backend.name) ? words.slice(backend.name.length) : ` ${words}`;
    const [lead] = /^[^.:;,(]*(?:[.,]\d[^.:;,(]*)*/.exec(rest) ?? ['']; /* what it holds, and where it breaks */
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
        said.textContent = kept(found.run.report.answer);
        const wrong = found.backends.filter((backend) => backend.distrusted !== null);
        distrusted.hidden = wrong.length === 0;
        distrusted.replaceChildren(...wrong.map((backend) => sentenceOf(view, backend)));
        sentences.replaceChildren(...found.trusted.map((backend) => sentenceOf(view, backend)));
    };
    return element;
}
