#include "report/words/request_class_phrase.h"

#include "report/words/failure_phrase.h"
#include "report/words/figures.h"

#include <stddef.h>

/* A class stands out when it failed at least this many times as often as the step. */
#define TIMES_AS_OFTEN 2

#define NAMED_MOST 3 /* classes in a sentence */

/* ---- the classes that failed more than others ---- */

static struct tally tally_of(const struct step_finding *step)
{
    struct tally tally = {0};
    for (size_t i = 0; i < step->class_count; i++) {
        tally_add(&tally, &step->classes[i].tally);
    }
    return tally;
}

static double share_of(uint64_t part, uint64_t whole)
{
    if (whole == 0) {
        return 0;
    }
    return (double)part / (double)whole;
}

static bool stands_out(const struct request_class *class, const struct tally *all)
{
    uint64_t failed = tally_failed(&class->tally), offered = class->tally.offered;
    double share = share_of(tally_failed(all), all->offered);

    return failed > 0 && (double)failed >= TIMES_AS_OFTEN * share * (double)offered &&
           request_classes_beyond_chance(failed, offered, share);
}

bool request_class_phrase_differs(const struct step_finding *step)
{
    if (step == NULL || step->class_count < 2) {
        return false;
    }
    struct tally all = tally_of(step);
    for (size_t i = 0; i < step->class_count; i++) {
        if (stands_out(&step->classes[i], &all)) {
            return true;
        }
    }
    return false;
}

/* 0: the scenario does not say. */
static int expected_status(const struct findings *findings, size_t class)
{
    const struct traffic *traffic = &findings->scenario.traffic;
    if (class >= traffic->request_count) {
        return 0;
    }
    return traffic->requests[class].expect_status;
}

static void add_how(struct text *out, enum failure own, enum failure mostly, int status)
{
    if (own == FAILURE_STATUS && status > 0 && own == mostly) {
        text_format(out, " (instead of %d)", status);
    } else if (own == FAILURE_STATUS && status > 0) {
        text_format(out, " (a wrong status instead of %d)", status);
    } else if (own != mostly) {
        text_format(out, " (%s)", failure_phrase(own));
    }
}

/* "all 40 of "no id" (instead of 422)" */
static void add_class(struct text *out, const struct findings *findings, const struct step_finding *step, size_t index,
                      enum failure mostly)
{
    const struct request_class *class = &step->classes[index];
    uint64_t failed = tally_failed(&class->tally);

    if (failed == class->tally.offered) {
        text_add(out, "all ");
        figures_count(out, failed);
    } else {
        figures_count(out, failed);
        text_add(out, " of ");
        figures_count(out, class->tally.offered);
    }
    text_format(out, " of \"%s\"", class->name);
    add_how(out, failure_phrase_main(&class->tally), mostly, expected_status(findings, index));
}

void request_class_phrase_failed(struct text *out, const struct findings *findings, const struct step_finding *step,
                                 enum failure mostly)
{
    struct tally all = tally_of(step);
    size_t named = 0, more = 0;

    for (size_t i = 0; i < step->class_count && step->class_count > 1; i++) {
        if (!stands_out(&step->classes[i], &all)) {
            continue;
        }
        if (named == NAMED_MOST) {
            more++;
            continue;
        }
        text_add(out, named == 0 ? ": " : ", ");
        add_class(out, findings, step, i, mostly);
        named++;
    }
    if (more == 1) {
        text_add(out, " and 1 more class");
    } else if (more > 1) {
        text_format(out, " and %zu more classes", more);
    }
}

/* ---- expected errors ---- */

const struct step_finding *request_class_phrase_step(const struct backend_finding *backend)
{
    if (backend->last_good != NULL) {
        return backend->last_good;
    }
    return backend->first_break;
}

static void add_errors(struct text *out, const struct step_finding *step)
{
    const struct tally *errors = &step->expected_errors.tally;
    uint64_t failed = tally_failed(errors);
    const char *how = failure_phrase(failure_phrase_main(errors));

    text_add(out, "its ");
    figures_share(out, share_of(errors->offered, errors->offered + step->expected_successes.tally.offered));
    text_add(out, " expected errors ");
    if (failed == 0) {
        text_add(out, "all got their 4xx");
    } else if (failed == errors->offered) {
        text_format(out, "never got their 4xx (%s)", how);
    } else {
        text_add(out, "got their 4xx but for ");
        figures_count(out, failed);
        text_add(out, " of ");
        figures_count(out, errors->offered);
        text_format(out, " (%s)", how);
    }
}

void request_class_phrase_expected_errors(struct text *out, const struct findings *findings,
                                          const struct backend_finding *backend)
{
    const struct step_finding *step = request_class_phrase_step(backend);

    if (step == NULL || step->expected_errors.tally.offered == 0) {
        return;
    }
    text_add(out, " At ");
    figures_level(out, &findings->scenario, step->record->level);
    text_add(out, " ");
    add_errors(out, step);
    if (step->expected_successes.p99_ns != NO_TIME) {
        text_add(out, "; the others beside them: p99 ");
        figures_response(out, &findings->scenario, step, step->expected_successes.p99_ns);
    }
    text_add(out, ".");
}
