#include "report/words/after/soak_phrase.h"

#include "report/words/after/leak_phrase.h"
#include "report/words/breach.h"
#include "report/words/figures.h"
#include "report/words/reason.h"

#include <stddef.h>
#include <stdint.h>

/* "after 40.0 s", "at once" */
static void add_time(struct text *out, const struct step_finding *step)
{
    uint64_t at_ns = step->verdict.breaches[0].at_ns;

    if (at_ns > 0) {
        text_add(out, "after ");
        figures_time(out, at_ns);
    } else {
        text_add(out, "at once");
    }
}

bool soak_phrase_headline(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *step = backend->soak.step;

    if (step == NULL || step->verdict.verdict != VERDICT_BREAK || step->record->death.died) {
        return false;
    }
    text_format(out, "%s did not hold a steady load of ", backend->record->name);
    figures_level(out, &findings->scenario, step->record->level);
    text_add(out, ": ");
    breach_limits(out, &step->verdict, breach_first_count(&step->verdict));
    text_add(out, " broke ");
    add_time(out, step);
    text_add(out, ".");
    return true;
}

static void say_broke(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *step = backend->soak.step;
    const struct breach *first = &step->verdict.breaches[0];
    const char *cause = reason_cause(step);

    if (backend->holds) {
        text_add(out, " It holds ");
        figures_level(out, &findings->scenario, backend->holds_at);
        text_add(out, " in steps, but a");
    } else {
        text_add(out, " A");
    }
    text_add(out, " steady load of ");
    figures_level(out, &findings->scenario, step->record->level);
    text_add(out, " broke it ");
    add_time(out, step);
    text_add(out, ": ");
    breach_limits(out, &step->verdict, breach_first_count(&step->verdict));
    text_add(out, " ");
    breach_first_figures(out, findings, step);
    if (cause != NULL && first->limit != LIMIT_CRASH) {
        text_format(out, ", because %s", cause);
    }
    text_add(out, "; ");
}

static void say_held(struct text *out, const struct findings *findings, const struct step_finding *step)
{
    text_add(out, " It held a steady load of ");
    figures_level(out, &findings->scenario, step->record->level);
    text_add(out, " for ");
    figures_time(out, step->record->load.measured_ns);
    text_add(out, ": ");
}

static void say_unknown(struct text *out, const struct findings *findings, const struct step_finding *step)
{
    text_add(out, " Whether it holds a steady load of ");
    figures_level(out, &findings->scenario, step->record->level);
    text_add(out, " is not known");
    reason_invalid_in_brackets(out, &step->verdict);
    text_add(out, ": ");
}

void soak_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *step = backend->soak.step;

    if (step == NULL) {
        return;
    }
    if (step->verdict.verdict == VERDICT_INVALID) {
        say_unknown(out, findings, step);
    } else if (step->verdict.breach_count > 0) {
        say_broke(out, findings, backend);
    } else {
        say_held(out, findings, step);
    }
    leak_phrase(out, &backend->soak.memory, findings->scenario.limits.memory_bytes);
    text_add(out, ".");
}
