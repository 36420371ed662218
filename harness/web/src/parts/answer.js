// @ts-check
/* The top of the page: whose answers are wrong, the one answer, and what each language holds; and, further down, a few
 * sentences for each service. */
import { copyPart } from '../copy.js';
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

/* Its first part is what the page says before all else. */
function headline({ answer, answer_lines: lines }) {
    const [first, ...rest] = lines.length > 0 ? lines : [answer];
    return [
        h('span', { class: 'first' }, kept(first)),
        rest.map((line) => [' ', h('span', { class: 'rest' }, kept(line))]),
    ];
}

export function answerPart(view) {
    const distrusted = h('ul', { class: 'distrusted', 'aria-label': 'Services whose answers do not add up' });
    const said = h('p', { class: 'answer', 'aria-live': 'polite' });
    /* the report as the program writes it, for a pull request */
    const copy = copyPart('Copy as Markdown', () => view.found().data.markdown);
    const languages = h('ul', { class: 'languages', 'aria-label': 'What each language holds' });
    const element = h('section', { class: 'top', 'aria-label': 'The answer' }, distrusted, said, languages, copy);

    element.refresh = () => {
        const found = view.found();
        copy.refresh();
        said.replaceChildren(...headline(found.run.report).flat(Infinity));
        const told = found.run.report.languages;
        languages.hidden = told.length === 0;
        languages.replaceChildren(...told.map((language) => h('li', null, kept(language.in_words))));
        const wrong = found.backends.filter((backend) => backend.distrusted !== null);
        distrusted.hidden = wrong.length === 0;
        distrusted.replaceChildren(...wrong.map((backend) => sentenceOf(view, backend)));
    };
    return element;
}

/* What is known of each service in a few sentences, for whoever wants to read them. */
export function sentencesPart(view) {
    const sentences = h('ul', { class: 'sentences' });
    const element = h(
        'details',
        { class: 'in-words' },
        h('summary', null, h('h2', null, 'The same in sentences, a service each')),
        sentences,
    );

    element.refresh = () => {
        const { trusted } = view.found();
        element.hidden = trusted.length === 0;
        sentences.replaceChildren(...trusted.map((backend) => sentenceOf(view, backend)));
    };
    return element;
}
