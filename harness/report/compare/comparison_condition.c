#include "report/compare/comparison_condition.h"

#include "analysis/capacity/capacity.h"
#include "base/units.h"
#include "report/compare/comparison_words.h"
#include "report/words/reason.h"

#include <string.h>

static int reject(const char *text, struct error *err)
{
    return error_input(err,
                       "--fail-if: expected a figure (capacity, relative, cpu, memory, p99), < or > and a change such "
                       "as -10%% or +20%%, found \"%s\"",
                       text);
}

/* "capacity<10%" holds for a capacity that grew by 9 %. */
static int reject_unsigned(const char *text, size_t sign, struct error *err)
{
    return error_input(
        err,
        "--fail-if: \"%s\" would hold as long as the change is below +%s; \"%.*s-%s\" holds where it fell "
        "by more than that (a growth that is wanted is written with its sign: +%s)",
        text, text + sign, (int)sign, text, text + sign, text + sign);
}

static int find_compared(const char *text, size_t length)
{
    for (int i = 0; i < COMPARED_COUNT; i++) {
        const char *name = compared_name((enum compared)i);
        if (strlen(name) == length && strncmp(name, text, length) == 0) {
            return i;
        }
    }
    return -1;
}

static int read_change(const char *text, double *ret_change)
{
    double share;
    bool minus = text[0] == '-';

    if (units_read_share(text + (minus || text[0] == '+'), &share) != 0 || (minus && share > 1)) {
        return -1;
    }
    *ret_change = minus ? -share : share;
    return 0;
}

int comparison_condition_read(struct comparison_condition *condition, const char *text, struct error *err)
{
    size_t length = strcspn(text, "<>");
    int compared = find_compared(text, length);
    double change;

    if (compared < 0 || text[length] == '\0' || read_change(text + length + 1, &change) != 0) {
        return reject(text, err);
    }
    if (text[length] == '<' && change > 0 && text[length + 1] != '+') {
        return reject_unsigned(text, length + 1, err);
    }
    *condition = (struct comparison_condition){(enum compared)compared, text[length] == '>', change};
    return 0;
}

static void say(struct text *why, const struct comparison_condition *condition, const struct compared_backend *backend,
                const char *what)
{
    text_format(why, "%s: %s", backend->name, compared_name(condition->compared));
    text_format(why, " %s\n", what);
}

/* Whether the condition can be asked of it at all: a service that one of the runs never meant to have cannot get
 * worse. */
static bool is_asked(const struct compared_backend *backend)
{
    return capacity_judged(backend->sides[0].finding) && backend->sides[1].finding != NULL;
}

static bool is_beyond(const struct comparison_condition *condition, double change)
{
    if (condition->above) {
        return change > condition->change;
    }
    return change < condition->change;
}

static enum condition_outcome judge(const struct comparison_condition *condition, const struct comparison *comparison,
                                    const struct compared_backend *backend, struct text *why)
{
    const struct change *change = &backend->sides[1].figures[condition->compared].change;
    struct text words = {0};

    if (change->difference == DIFFERENCE_NOT_KNOWN) {
        reason_absence(&words, backend->sides[1].finding);
        if (words.length == 0) {
            text_add(&words, "there is no figure of it in both runs");
        }
        text_format(why, "%s: %s cannot be judged: %s\n", backend->name, compared_name(condition->compared),
                    words.data);
        text_release(&words);
        return CONDITION_NOT_JUDGED;
    }
    if (change->difference == DIFFERENCE_NOT_SEEN || !is_beyond(condition, change->ratio - 1)) {
        return CONDITION_CLEAR;
    }
    comparison_words_change(&words, change);
    if (change->difference != DIFFERENCE_SEEN) {
        text_add(&words, comparison->paired ? "; this can hold without any change: too few trials"
                                            : "; this can hold without any change: one run a side, or too few");
    }
    say(why, condition, backend, words.data);
    text_release(&words);
    return CONDITION_HELD;
}

enum condition_outcome comparison_condition_judge(const struct comparison_condition *condition,
                                                  const struct comparison *comparison, struct text *why)
{
    enum condition_outcome worst = CONDITION_CLEAR;
    size_t asked = 0;

    for (size_t i = 0; i < comparison->backend_count; i++) {
        if (is_asked(&comparison->backends[i])) {
            enum condition_outcome outcome = judge(condition, comparison, &comparison->backends[i], why);
            if (outcome > worst) {
                worst = outcome;
            }
            asked++;
        }
    }
    if (asked == 0) {
        text_add(why, "no service has figures in both runs\n");
        return CONDITION_NOT_JUDGED;
    }
    return worst;
}
