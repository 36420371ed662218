#include "report/words/breach.h"

#include "report/text/request_classes.h"
#include "report/words/figures.h"

#include <signal.h>
#include <string.h>

#define LAST_LINE_BYTES 200 /* of a dead service's output that are quoted */

size_t breach_first_count(const struct step_verdict *verdict)
{
    size_t count = 0;
    while (count < verdict->breach_count && verdict->breaches[count].at_ns == verdict->breaches[0].at_ns) {
        count++;
    }
    return count;
}

void breach_limits(struct text *out, const struct step_verdict *verdict, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        figures_comma(out, i, count);
        text_add(out, limit_name(verdict->breaches[i].limit));
    }
}

/* "3.1 % failed against 0.1 %"; where both would read the same, on which side the figure lies: "just above 0.1 %
 * failed". */
static void add_against(struct text *out, const struct text *observed, const struct text *allowed, const char *what,
                        bool above)
{
    if (strcmp(observed->data, allowed->data) == 0) {
        text_format(out, "just %s %s%s", above ? "above" : "below", allowed->data, what);
    } else {
        text_format(out, "%s%s against %s", observed->data, what, allowed->data);
    }
}

static void latency_breach(struct text *out, const struct findings *findings, const struct step_finding *step,
                           const struct breach *breach)
{
    uint64_t ns = breach->observed >= 0 && breach->observed < 0x1p63 ? (uint64_t)breach->observed : NO_TIME;
    bool least = figures_at_least(&findings->scenario, step, ns);
    struct text observed = {0}, allowed = {0};

    figures_set_time(&observed, ns);
    figures_set_time(&allowed, (uint64_t)breach->allowed);
    figures_percentile(out, findings->scenario.limits.percentile);
    text_add(out, least ? " at least " : " ");
    if (strcmp(observed.data, allowed.data) != 0) {
        text_clear(&observed);
        figures_time(&observed, ns);
    }
    add_against(out, &observed, &allowed, "", true);
    text_add(out, breach->of == EXPECT_SUCCESS ? " for what is to be served" : "");
    text_release(&observed);
    text_release(&allowed);
}

static void share_breach(struct text *out, const struct breach *breach)
{
    bool errors = breach->limit == LIMIT_ERRORS;
    struct text observed = {0}, allowed = {0};

    figures_fine_share(&observed, breach->observed);
    figures_set_share(&allowed, breach->allowed);
    add_against(out, &observed, &allowed,
                !errors                        ? " answered well in time"
                : breach->of == EXPECT_ERROR   ? " of what is to be refused failed"
                : breach->of == EXPECT_SUCCESS ? " of what is to be served failed"
                                               : " failed",
                errors);
    text_release(&observed);
    text_release(&allowed);
}

static void memory_breach(struct text *out, const struct breach *breach)
{
    struct text observed = {0}, allowed = {0};

    figures_set_size(&observed, (uint64_t)breach->observed);
    figures_set_size(&allowed, (uint64_t)breach->allowed);
    add_against(out, &observed, &allowed, "", true);
    text_release(&observed);
    text_release(&allowed);
}

/* Most frequent kind first; equal ones in the order of the enum. */
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

void breach_failures(struct text *out, const struct tally *tally)
{
    enum failure order[FAILURE_COUNT];

    order_failures(tally, order);
    if (tally->failures[order[0]] == 0) {
        text_add(out, "none");
    }
    for (int i = 0; i < FAILURE_COUNT && tally->failures[order[i]] > 0; i++) {
        text_format(out, "%s%s ", i > 0 ? ", " : "", failure_name(order[i]));
        figures_count(out, tally->failures[order[i]]);
    }
}

const char *breach_failure_words(enum failure failure)
{
    static const char *const words[FAILURE_COUNT] = {
        [FAILURE_CONNECT] = "without a connection",    [FAILURE_RESET] = "cut off before the answer was whole",
        [FAILURE_TIMEOUT] = "answered too late",       [FAILURE_STATUS] = "answered with a wrong status",
        [FAILURE_BODY] = "answered with a wrong body", [FAILURE_PROTOCOL] = "answered with something else than HTTP",
        [FAILURE_UNANSWERED] = "never answered",       [FAILURE_UNSENT] = "never sent",
    };
    return words[failure];
}

enum failure breach_main_failure(const struct tally *tally)
{
    enum failure order[FAILURE_COUNT];
    order_failures(tally, order);
    return order[0];
}

/* ", mostly answered too late", and the kinds of request that failed more than others. */
static void add_failures(struct text *out, const struct findings *findings, const struct step_finding *step,
                         const struct tally *tally)
{
    enum failure order[FAILURE_COUNT];

    order_failures(tally, order);
    if (tally->failures[order[0]] > 0) {
        text_format(out, ", %s %s", tally->failures[order[1]] == 0 ? "all" : "mostly", breach_failure_words(order[0]));
        request_classes_failed(out, findings, step, order[0]);
    }
}

static bool breaks(const struct step_finding *step, enum limit limit)
{
    for (size_t i = 0; i < step->verdict.breach_count; i++) {
        if (step->verdict.breaches[i].limit == limit) {
            return true;
        }
    }
    return false;
}

static const struct tally *tally_of(const struct step_finding *step, enum expectation expectation)
{
    return expectation == EXPECT_SUCCESS ? &step->served.tally
           : expectation == EXPECT_ERROR ? &step->refused.tally
                                         : &step->record->load.tally;
}

void breach_write(struct text *out, const struct findings *findings, const struct step_finding *step,
                  const struct breach *breach)
{
    switch (breach->limit) {
    case LIMIT_LATENCY:
        latency_breach(out, findings, step, breach);
        break;
    case LIMIT_ERRORS:
        share_breach(out, breach);
        add_failures(out, findings, step, tally_of(step, breach->of));
        break;
    case LIMIT_THROUGHPUT:
        share_breach(out, breach);
        if (!breaks(step, LIMIT_ERRORS)) {
            add_failures(out, findings, step, &step->record->load.tally);
        }
        break;
    case LIMIT_MEMORY:
        memory_breach(out, breach);
        break;
    case LIMIT_GROWTH:
        text_add(out, "memory rose all through the step, at the end by ");
        figures_size(out, (uint64_t)breach->observed);
        text_add(out, " a second");
        break;
    case LIMIT_QUEUE:
        figures_count(out, (uint64_t)breach->observed);
        text_add(out, " requests in flight and still growing");
        break;
    case LIMIT_CRASH:
        breach_death(out, &step->record->death);
        break;
    case LIMIT_COUNT:
        break;
    }
}

static const char *signal_word(int number)
{
    switch (number) {
    case SIGABRT:
        return " (SIGABRT)";
    case SIGBUS:
        return " (SIGBUS)";
    case SIGFPE:
        return " (SIGFPE)";
    case SIGILL:
        return " (SIGILL)";
    case SIGKILL:
        return " (SIGKILL)";
    case SIGSEGV:
        return " (SIGSEGV)";
    case SIGTERM:
        return " (SIGTERM)";
    default:
        return "";
    }
}

/* The last line with anything in it. */
static void add_last_line(struct text *out, const char *output)
{
    size_t end = strlen(output);
    while (end > 0 && strchr(" \t\r\n", output[end - 1]) != NULL) {
        end--;
    }
    size_t begin = end;
    while (begin > 0 && output[begin - 1] != '\n') {
        begin--;
    }
    if (end > begin) {
        size_t kept = end - begin > LAST_LINE_BYTES ? LAST_LINE_BYTES : end - begin;
        while (kept < end - begin && kept > 0 && ((unsigned char)output[begin + kept] & 0xC0) == 0x80) {
            kept--;
        }
        text_add(out, ", last line written: \"");
        text_append(out, output + begin, kept);
        text_add(out, begin + kept < end ? "...\"" : "\"");
    }
}

void breach_death(struct text *out, const struct death *death)
{
    if (!death->died) {
        text_add(out, "how is not known");
    } else if (death->signal != 0) {
        text_format(out, "killed by signal %d%s", death->signal, signal_word(death->signal));
    } else {
        text_format(out, "exit status %d", death->exit_code);
    }
    if (death->died && death->output != NULL) {
        add_last_line(out, death->output);
    }
}
