// @ts-check
/* What a view shows, as Markdown: its headings and tables in their order, as they are sorted and narrowed. */

/* What is only for eyes or only for ears is left out; a small line below another is set apart. */
function wordsOf(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll('.unseen, [aria-hidden="true"]').forEach((part) => part.remove());
    copy.querySelectorAll('small').forEach((part) => part.prepend(' '));
    const words = copy.textContent.replace(/\s+/g, ' ').trim();
    return words.replace(/[\\`*_[\]<>|~#]/g, '\\$&');
}

/** @param {HTMLTableElement} table */
function tableOf(table) {
    const [heads, ...rows] = [...table.rows].map((row) => [...row.cells]);
    const edges = heads.map((head) => (head.classList.contains('number') ? '---:' : '---'));
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(heads.map(wordsOf)), line(edges), ...rows.map((cells) => line(cells.map(wordsOf)))].join('\n');
}

/** @param {Element} element */
export function markdownOf(element) {
    return [...element.querySelectorAll('h2, h3, table')]
        .map((part) =>
            part instanceof HTMLTableElement
                ? tableOf(part)
                : `${part.tagName === 'H2' ? '##' : '###'} ${wordsOf(part)}`,
        )
        .join('\n\n')
        .concat('\n');
}
