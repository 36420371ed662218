#include "report/words/reliability/trial_phrase.h"

#include "report/words/figures.h"
#include "report/words/limit_phrase.h"
#include "report/words/reason.h"

#include <stddef.h>
#include <string.h>

static size_t all_trials(const struct backend_finding *backend)
{
    return backend->trials + backend->failed_trial_count;
}

static size_t harness_faults(const struct backend_finding *backend)
{
    size_t count = 0;

    for (size_t i = 0; i < backend->failed_trial_count; i++) {
        count += backend->failed_trials[i].harness_fault;
    }
    return count;
}

void trial_phrase_why(struct text *out, const char *why)
{
    size_t length = strlen(why);

    while (length > 0 && strchr(". \n", why[length - 1]) != NULL) {
        length--;
    }
    text_format(out, ": %.*s.", (int)length, why);
}

bool trial_phrase_failed(struct text *out, const struct backend_finding *backend)
{
    size_t not_run = harness_faults(backend), not_started = backend->failed_trial_count - not_run;

    if (not_started > 0) {
        text_format(out, "%zu did not start", not_started);
    }
    if (not_run > 0) {
        text_format(out, "%s%zu could not be run", not_started > 0 ? " and " : "", not_run);
    }
    return backend->failed_trial_count > 0;
}

bool trial_phrase_all_failed(const struct backend_finding *backend)
{
    return backend->trials == 0 && backend->failed_trial_count > 0;
}

/* "which did not start", "which did not start in any of its 4 trials", "whose trial could not be run", "of whose 4
 * trials 3 did not start and 1 could not be run" */
static void add_whose_trials(struct text *out, const struct backend_finding *backend)
{
    size_t all = all_trials(backend), not_run = harness_faults(backend);

    if (not_run == 0 && all > 1) {
        text_format(out, "which did not start in any of its %zu trials", all);
    } else if (not_run == 0) {
        text_add(out, "which did not start");
    } else if (all > 1) {
        text_format(out, "of whose %zu trials ", all);
        trial_phrase_failed(out, backend);
    } else {
        text_add(out, "whose trial could not be run");
    }
}

void trial_phrase_failed_sentence(struct text *out, const struct backend_finding *backend)
{
    const char *name = backend->record->name;

    if (trial_phrase_all_failed(backend)) {
        text_format(out, " Nothing is known of %s, ", name);
        add_whose_trials(out, backend);
        text_add(out, ".");
    } else if (backend->failed_trial_count > 0) {
        text_format(out, " Of the %zu trials of %s, ", all_trials(backend), name);
        trial_phrase_failed(out, backend);
        text_add(out, ".");
    }
}

/* ---- what they held ---- */

static void add_spread(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    if (backend->holds_most == 0) {
        text_add(out, "no step");
    } else if (backend->holds_least == backend->holds_most) {
        figures_level(out, &findings->scenario, backend->holds_most);
    } else {
        text_add(out, "from ");
        if (backend->holds_least == 0) {
            text_add(out, "nothing");
        } else {
            figures_level(out, &findings->scenario, backend->holds_least);
        }
        text_add(out, " to ");
        figures_level(out, &findings->scenario, backend->holds_most);
        text_add(out, "; the one in the middle is described");
    }
}

/* "Its 4 trials held " or what stands for it where not all of them say something. */
static void add_counts(struct text *out, const struct backend_finding *backend)
{
    unsigned ran = backend->trials, valid = figures_valid_trials(backend);

    if (backend->failed_trial_count > 0) {
        text_format(out, " Of its %zu trials, ", all_trials(backend));
        trial_phrase_failed(out, backend);
        if (valid < ran) {
            text_format(out, "; of the others, %u %s valid and held ", valid, valid == 1 ? "is" : "are");
        } else if (ran == 1) {
            text_add(out, "; the other held ");
        } else {
            text_format(out, "; the other %u held ", ran);
        }
    } else if (valid == ran) {
        text_format(out, " Its %u trials held ", valid);
    } else {
        text_format(out, " Of its %u trials, %u %s valid and held ", ran, valid, valid == 1 ? "is" : "are");
    }
}

void trial_phrase_write(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    struct text first = {0};

    if (backend->holds || backend->breaks) {
        if (all_trials(backend) < 2) {
            return;
        }
        add_counts(out, backend);
        add_spread(out, findings, backend);
        if (limit_phrase_trials(&first, backend)) {
            text_format(out, "; %s", first.data);
        }
        text_add(out, ".");
    } else if (backend->failed_trial_count > 0 && backend->trials > 0) {
        text_format(out, " Of its %zu trials, ", all_trials(backend));
        trial_phrase_failed(out, backend);
        text_add(out, ".");
    }
    text_release(&first);
}

/* ---- none of them ---- */

void trial_phrase_none(struct text *out, const struct backend_finding *backend)
{
    size_t all = all_trials(backend), not_run = harness_faults(backend);

    if (not_run == 0) {
        text_add(out, " did not start");
        if (all > 1) {
            text_format(out, " in any of its %zu trials", all);
        }
    } else if (all > 1) {
        text_format(out, " has no step in this run: of its %zu trials, ", all);
        trial_phrase_failed(out, backend);
    } else {
        text_add(out, " has no step in this run: its trial could not be run");
    }
    trial_phrase_why(out, backend->failed_trials[0].why);
}
