#include "report/words/disturbance_phrase.h"

#include "report/words/figures.h"

void disturbance_phrase(struct text *out, const struct disturbance *disturbance)
{
    static const struct {
        const char *before, *after; /* how much stands between them */
    } words[DISTURBANCE_COUNT] = {
        [DISTURBANCE_FOREIGN] = {"other programs took ", " of its cores"},
        [DISTURBANCE_STEAL] = {"the hypervisor took ", " of its cores"},
        [DISTURBANCE_STARVED] = {"a generator thread was kept from its core for ", " of the time"},
        [DISTURBANCE_BUSY] = {"a generator thread was busy for ", " of the time"},
    };
    size_t count = 0, index = 0;

    for (int i = 0; i < DISTURBANCE_COUNT; i++) {
        count += disturbance->by[i];
    }
    for (int i = 0; i < DISTURBANCE_COUNT; i++) {
        if (disturbance->by[i]) {
            figures_comma(out, index++, count);
            text_add(out, words[i].before);
            figures_share(out, disturbance->shares[i]);
            text_add(out, words[i].after);
        }
    }
}
