#include "report/words/breach.h"

#include "record/words/wrong_response_phrase.h"
#include "report/words/failure_phrase.h"
#include "report/words/figures.h"
#include "report/words/request_class_phrase.h"

#include <signal.h>
#include <stdint.h>
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

bool breach_is_crash(const struct step_verdict *verdict)
{
    return breach_first_count(verdict) == 1 && verdict->breaches[0].limit == LIMIT_CRASH;
}

void breach_limits(struct text *out, const struct step_verdict *verdict, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        figures_comma(out, i, count);
        limit_write(out, verdict->breaches[i].limit, verdict->breaches[i].request);
    }
}

void breach_at(struct text *out, const struct breach *breach)
{
    limit_write(out, breach->limit, breach->request);
    text_add(out, " at ");
    figures_time(out, breach->at_ns);
}

/* What stands before breach `index`, which is not the first: breaches of one time are listed, the next time is
 * "then". */
static const char *joint(const struct step_verdict *verdict, size_t index)
{
    const struct breach *breaches = verdict->breaches;

    if (breaches[index].at_ns != breaches[index - 1].at_ns) {
        return ", then ";
    }
    if (index + 1 < verdict->breach_count && breaches[index].at_ns == breaches[index + 1].at_ns) {
        return ", ";
    }
    return " and ";
}

void breach_order(struct text *out, const struct step_finding *step)
{
    if (step == NULL || step->verdict.breach_count == 0) {
        text_add(out, "-");
        return;
    }
    for (size_t i = 0; i < step->verdict.breach_count; i++) {
        if (i > 0) {
            text_add(out, joint(&step->verdict, i));
        }
        limit_write(out, step->verdict.breaches[i].limit, step->verdict.breaches[i].request);
    }
}

/* "3.1 % failed against 0.1 %". Where both numbers would read the same, `side` says where the figure lies: "just above
 * 0.1 % failed". */
static void add_against(struct text *out, const struct text *observed, const struct text *allowed, const char *what,
                        const char *side)
{
    if (strcmp(observed->data, allowed->data) == 0) {
        text_format(out, "just %s %s%s", side, allowed->data, what);
    } else {
        text_format(out, "%s%s against %s", observed->data, what, allowed->data);
    }
}

/* The percentile that the limit is on. */
static double percentile_of(const struct findings *findings, const struct breach *breach)
{
    const struct scenario *scenario = &findings->scenario;

    for (size_t i = 0; breach->request != NULL && i < scenario->request_limits.count; i++) {
        const struct request_limits *own = &scenario->request_limits.items[i];
        if (strcmp(scenario->traffic.requests[own->request].name, breach->request) == 0) {
            return own->limits.percentile;
        }
    }
    return scenario->limits.percentile;
}

static void latency_breach(struct text *out, const struct findings *findings, const struct step_finding *step,
                           const struct breach *breach)
{
    struct text observed = {0}, allowed = {0};
    uint64_t ns = NO_TIME;

    if (breach->observed >= 0 && breach->observed < 0x1p63) {
        ns = (uint64_t)breach->observed;
    }
    figures_set_time(&observed, ns);
    figures_set_time(&allowed, (uint64_t)breach->allowed);
    figures_percentile(out, percentile_of(findings, breach));
    if (breach->request != NULL) {
        text_format(out, " of %s", breach->request);
    }
    text_add(out, figures_at_least(&findings->scenario, step, ns) ? " at least " : " ");
    if (strcmp(observed.data, allowed.data) != 0) {
        text_clear(&observed);
        figures_time(&observed, ns);
    }
    add_against(out, &observed, &allowed, "", "above");
    if (breach->of == EXPECT_SUCCESS) {
        text_add(out, " for what is to be served");
    }
    text_release(&observed);
    text_release(&allowed);
}

static void errors_breach(struct text *out, const struct breach *breach)
{
    static const char *const failed[] = {
        [EXPECT_ANY] = " failed",
        [EXPECT_SUCCESS] = " of what is to be served failed",
        [EXPECT_ERROR] = " of the expected errors failed",
    };
    struct text observed = {0}, allowed = {0}, what = {0};

    figures_fine_share(&observed, breach->observed);
    figures_set_share(&allowed, breach->allowed);
    if (breach->request != NULL) {
        text_format(&what, " of %s failed", breach->request);
    } else {
        text_add(&what, failed[breach->of]);
    }
    add_against(out, &observed, &allowed, what.data, "above");
    text_release(&observed);
    text_release(&allowed);
    text_release(&what);
}

static void throughput_breach(struct text *out, const struct breach *breach)
{
    struct text observed = {0}, allowed = {0};

    figures_fine_share(&observed, breach->observed);
    figures_set_share(&allowed, breach->allowed);
    add_against(out, &observed, &allowed, " answered well in time", "below");
    text_release(&observed);
    text_release(&allowed);
}

static void memory_breach(struct text *out, const struct breach *breach)
{
    struct text observed = {0}, allowed = {0};

    figures_set_size(&observed, (uint64_t)breach->observed);
    figures_set_size(&allowed, (uint64_t)breach->allowed);
    add_against(out, &observed, &allowed, "", "above");
    text_release(&observed);
    text_release(&allowed);
}

/* Of the requests that violated it. */
static const struct tally *tally_of(const struct step_finding *step, const struct breach *breach)
{
    for (size_t i = 0; breach->request != NULL && i < step->class_count; i++) {
        if (step->classes[i].name != NULL && strcmp(step->classes[i].name, breach->request) == 0) {
            return &step->classes[i].tally;
        }
    }
    switch (breach->of) {
    case EXPECT_SUCCESS:
        return &step->expected_successes.tally;
    case EXPECT_ERROR:
        return &step->expected_errors.tally;
    default:
        return &step->record->load.tally;
    }
}

static void add_first_wrong(struct text *out, const struct wrong_response *wrong)
{
    if (wrong != NULL) {
        text_format(out, ", the first to \"%s\": ", wrong->request);
        wrong_response_phrase(out, wrong);
    }
}

/* ", mostly answered too late", and the request classes that failed more than others. */
static void add_failures(struct text *out, const struct findings *findings, const struct step_finding *step,
                         const struct tally *tally)
{
    enum failure most = failure_phrase_main(tally);

    if (tally->failures[most] > 0) {
        bool all = tally->failures[most] == tally_failed(tally);
        text_add(out, all ? ", all " : ", mostly ");
        text_add(out, failure_phrase(most));
        request_class_phrase_failed(out, findings, step, most);
        if (most == FAILURE_STATUS || most == FAILURE_BODY || most == FAILURE_PROTOCOL) {
            add_first_wrong(out, step->record->load.first_wrong);
        }
    }
}

static bool breaks(const struct step_finding *step, enum limit limit)
{
    for (size_t i = 0; i < step->verdict.breach_count; i++) {
        if (step->verdict.breaches[i].limit == limit && step->verdict.breaches[i].request == NULL) {
            return true;
        }
    }
    return false;
}

void breach_figures(struct text *out, const struct findings *findings, const struct step_finding *step,
                    const struct breach *breach)
{
    switch (breach->limit) {
    case LIMIT_LATENCY:
        latency_breach(out, findings, step, breach);
        break;
    case LIMIT_ERRORS:
        errors_breach(out, breach);
        add_failures(out, findings, step, tally_of(step, breach));
        break;
    case LIMIT_THROUGHPUT:
        throughput_breach(out, breach);
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
        breach_death(out, step->record);
        break;
    case LIMIT_COUNT:
        break;
    }
}

void breach_first_figures(struct text *out, const struct findings *findings, const struct step_finding *step)
{
    text_add(out, "(");
    for (size_t i = 0; i < breach_first_count(&step->verdict); i++) {
        if (i > 0) {
            text_add(out, "; ");
        }
        breach_figures(out, findings, step, &step->verdict.breaches[i]);
    }
    text_add(out, ")");
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

/* How many bytes of the line are quoted: no character is cut in two. */
static size_t quoted_bytes(const char *line, size_t length)
{
    if (length <= LAST_LINE_BYTES) {
        return length;
    }
    size_t kept = LAST_LINE_BYTES;
    while (kept > 0 && ((unsigned char)line[kept] & 0xC0) == 0x80) {
        kept--;
    }
    return kept;
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
        size_t kept = quoted_bytes(output + begin, end - begin);
        text_add(out, ", last line written: \"");
        text_append(out, output + begin, kept);
        text_add(out, begin + kept < end ? "...\"" : "\"");
    }
}

void breach_ending(struct text *out, const struct step_record *step)
{
    const struct death *death = &step->death;

    if (!death->died) {
        text_add(out, "how is not known");
    } else if (death->signal != 0) {
        text_format(out, "killed by signal %d%s%s", death->signal, signal_word(death->signal),
                    process_death_for_memory(step) ? ", because memory ran out" : "");
    } else if (death->exit_code < 0) {
        text_add(out, "how only the process that started it knows");
    } else {
        text_format(out, "exit status %d", death->exit_code);
    }
}

void breach_death(struct text *out, const struct step_record *step)
{
    breach_ending(out, step);
    if (step->death.died && step->death.output != NULL) {
        add_last_line(out, step->death.output);
    }
}
