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

/* "capacity<10%" holds for a capacity that grew by 9 %, and for one that is what it was. */
static int reject_unchanged(const char *text, size_t number, bool above, struct error *err)
{
    const char *size = text + number + strspn(text + number, "+-");

    return error_input(err,
                       "--fail-if: \"%s\" would hold where nothing changed; \"%.*s%c%s\" holds where it %s by more "
                       "than that",
                       text, (int)number, text, above ? '+' : '-', size, above ? "grew" : "fell");
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
    bool above = text[length] == '>';
    if (above ? change < 0 : change > 0) {
        return reject_unchanged(text, length + 1, above, err);
    }
    *condition = (struct comparison_condition){(enum compared)compared, above, change};
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

/* Without runs and trials a gate is worth little, whichever way it goes. */
static void add_worth(struct text *words, const struct comparison *comparison, const struct change *change, bool held)
{
    bool sure = comparison->paired || comparison->repeated;

    if (sure && (change->difference == DIFFERENCE_SEEN || change->difference == DIFFERENCE_NOT_SEEN)) {
        return;
    }
    text_add(words, held ? "; this can hold without any change: " : "; a change of this size may be missed: ");
    text_add(words, comparison->paired ? "too few trials" : "one run a side, or too few");
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
    bool held = change->difference != DIFFERENCE_NOT_SEEN && is_beyond(condition, change->ratio - 1);
    comparison_words_change(&words, change);
    add_worth(&words, comparison, change, held);
    say(why, condition, backend, words.data);
    text_release(&words);
    return held ? CONDITION_HELD : CONDITION_CLEAR;
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
