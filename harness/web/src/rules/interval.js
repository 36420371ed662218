/* How sure a capacity over trials is. Mirrors interval_of_median in harness/analysis/interval.c. */

const CONFIDENCE = 0.95;

/* Of the median of `count` figures in ascending order, by their order alone: from figure `low` to figure `high`, counted
 * from 0, with what that holds; 0 for one figure, which has no interval. */
export function medianInterval(count) {
    const all = 2 ** Math.min(count, 1000);
    let ways = 1;
    let tail = 1;
    let outside = 0;
    while (outside + 1 < Math.floor(count / 2)) {
        const next = (ways * (count - outside)) / (outside + 1);
        if (2 * (tail + next) > (1 - CONFIDENCE) * all) {
            break;
        }
        ways = next;
        tail += next;
        outside++;
    }
    return { low: outside, high: count - 1 - outside, confidence: count > 1 ? 1 - (2 * tail) / all : 0 };
}
