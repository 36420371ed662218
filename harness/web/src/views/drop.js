// @ts-check
/* A place to drop a run file on: it is read and judged in the page, and shown as a report of its own. Nothing leaves
 * the machine. */
import { decodeRun } from '../data.js';
import { h } from '../dom.js';
import { canJudge, judgeFile } from '../judge/judge.js';
import { showRuns } from '../main.js';

/** @param {DragEvent} event */
const holdsFile = (event) => event.dataTransfer?.types.includes('Files') ?? false;

function backLink() {
    return h(
        'p',
        { class: 'note back' },
        h('button', { type: 'button', class: 'plain', onclick: () => location.reload() }, '← All runs'),
    );
}

export function dropPart() {
    if (!canJudge()) {
        return h(
            'p',
            { class: 'note drop' },
            'No file can be shown here: this page was built without WebAssembly (clang, lld and wasi-libc).',
        );
    }
    const said = h('p', { class: 'note', role: 'status' });
    const complaint = h('p', { class: 'complaint', role: 'alert' });

    /** @param {File} file */
    const read = async (file) => {
        complaint.textContent = '';
        said.textContent = `Reading ${file.name} …`;
        try {
            const run = await judgeFile(file, ({ data, log }) => decodeRun(data, log));
            history.replaceState(null, '', location.href.split('#')[0]);
            await showRuns([run]);
            document.querySelector('main')?.prepend(backLink());
            scrollTo(0, 0);
        } catch (problem) {
            const message = problem instanceof Error ? problem.message : String(problem);
            complaint.textContent = message.startsWith(file.name) ? message : `${file.name}: ${message}`;
        }
        said.textContent = '';
    };
    const chosen = h('input', {
        type: 'file',
        accept: '.jsonl,.gz',
        onchange: ({ target }) => target.files.length > 0 && read(target.files[0]),
    });
    const element = h(
        'div',
        { class: 'drop' },
        h(
            'label',
            null,
            h('span', null, 'Your own run: drop its .jsonl or .jsonl.gz anywhere on this page, or '),
            chosen,
        ),
        said,
        complaint,
    );

    addEventListener('dragover', (event) => {
        if (element.isConnected && holdsFile(event)) {
            event.preventDefault();
            element.classList.add('over');
        }
    });
    addEventListener('dragleave', (event) => {
        if (event.relatedTarget === null) {
            element.classList.remove('over');
        }
    });
    addEventListener('drop', (event) => {
        const file = event.dataTransfer?.files[0];
        if (element.isConnected && file !== undefined) {
            event.preventDefault();
            element.classList.remove('over');
            read(file);
        }
    });
    return element;
}
