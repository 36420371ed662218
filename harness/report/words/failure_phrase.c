#include "report/words/failure_phrase.h"

#include "report/words/figures.h"

const char *failure_phrase(enum failure failure)
{
    static const char *const phrases[FAILURE_COUNT] = {
        [FAILURE_CONNECT] = "without a connection",    [FAILURE_RESET] = "cut off before the response was whole",
        [FAILURE_TIMEOUT] = "answered too late",       [FAILURE_STATUS] = "answered with a wrong status",
        [FAILURE_BODY] = "answered with a wrong body", [FAILURE_PROTOCOL] = "answered with something else than HTTP",
        [FAILURE_UNANSWERED] = "never answered",       [FAILURE_UNSENT] = "never sent",
    };
    return phrases[failure];
}

/* Most frequent first; equally frequent ones in the order of the enum. */
static void order_failures(const struct tally *tally, enum failure order[FAILURE_COUNT])
{
    for (int i = 0; i < FAILURE_COUNT; i++) {
        int at = i;
        for (; at > 0 && tally->failures[order[at - 1]] < tally->failures[i]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = (enum failure)i;
    }
}

enum failure failure_phrase_main(const struct tally *tally)
{
    enum failure order[FAILURE_COUNT];
    order_failures(tally, order);
    return order[0];
}

void failure_phrase_counts(struct text *out, const struct tally *tally)
{
    enum failure order[FAILURE_COUNT];

    order_failures(tally, order);
    if (tally->failures[order[0]] == 0) {
        text_add(out, "none");
    }
    for (int i = 0; i < FAILURE_COUNT && tally->failures[order[i]] > 0; i++) {
        if (i > 0) {
            text_add(out, ", ");
        }
        text_format(out, "%s ", failure_name(order[i]));
        figures_count(out, tally->failures[order[i]]);
    }
}
