#include "report/compare/comparison_conclusion.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/ranking.h"
#include "report/compare/comparison_words.h"
#include "report/words/figures.h"
#include "report/words/reason.h"

#include <stdbool.h>
#include <stdlib.h>

/* The runs that judged the backend: "A and B", "A, B and C". All runs for NULL. */
static void add_letters(struct text *out, const struct comparison *comparison, const struct compared_backend *backend)
{
    size_t count = comparison->run_count, index = 0;

    if (backend != NULL) {
        count = backend->judged;
    }
    for (size_t run = 0; run < comparison->run_count; run++) {
        if (backend == NULL || capacity_judged(backend->sides[run].finding)) {
            figures_comma(out, index++, count);
            text_format(out, "%s", comparison_words_letter(run));
        }
    }
}

/* --- in which order the services break --------------------------------------------------------------------------- */

/* " (of which a breaks before c)", after the last service of a place: the pairs in it that are told apart all the same.
 */
static void add_exceptions(struct text *out, const struct comparison_place *order, size_t last)
{
    struct text pairs = {0};

    for (size_t i = 0; i <= last; i++) {
        for (size_t k = 0; k <= last && order[i].place == order[last].place; k++) {
            bool before = order[k].place == order[i].place && ranking_above(order[k].finding, order[i].finding);
            if (before) {
                figures_separate(&pairs, pairs.length, ", ");
                text_format(&pairs, "%s breaks before %s", order[i].finding->record->name,
                            order[k].finding->record->name);
            }
        }
    }
    if (pairs.length > 0) {
        text_format(out, " (of which %s)", pairs.data);
    }
    text_release(&pairs);
}

/* "python, then go with node, then rust (no break seen)" */
static void add_order(struct text *out, const struct comparison *comparison, size_t run)
{
    struct comparison_place *order = comparison_order(comparison, run);
    size_t count = comparison->shared_count;

    for (size_t i = 0; i < count; i++) {
        const struct backend_finding *finding = order[i].finding;
        if (i > 0 && order[i - 1].place == order[i].place) {
            text_add(out, " with ");
        } else {
            figures_separate(out, i, ", then ");
        }
        text_add(out, finding->record->name);
        if (!finding->breaks) {
            text_add(out, " (no break seen)");
        }
        if (i + 1 == count || order[i + 1].place != order[i].place) {
            add_exceptions(out, order, i);
        }
    }
    free(order);
}

void comparison_conclusion_order(struct text *out, const struct comparison *comparison)
{
    if (comparison->name != NULL) {
        return; /* it is what the changes are about */
    }
    if (comparison->shared_count < 2) {
        text_add(out, "Too few services have figures in all runs to speak of an order among them.");
        return;
    }
    if (comparison->order_same) {
        text_add(out, "The services break in the same order in ");
        add_letters(out, comparison, NULL);
        text_add(out, ", as far as the steps tell them apart. ");
    } else {
        text_add(out, "The services break in another order in ");
        add_letters(out, comparison, NULL);
        text_add(out, ". ");
    }
    for (size_t run = 0; run < comparison->run_count; run++) {
        figures_separate(out, run, "; ");
        text_format(out, "%s: ", comparison_words_letter(run));
        add_order(out, comparison, run);
    }
    text_add(out, ".");
}

/* --- what changed ------------------------------------------------------------------------------------------------ */

/* The change of the run's figure from A's; NULL where one of the two did not judge the backend. */
static const struct change *change_of(const struct compared_backend *backend, size_t run, enum compared compared)
{
    if (!capacity_judged(backend->sides[0].finding) || !capacity_judged(backend->sides[run].finding)) {
        return NULL;
    }
    return &backend->sides[run].figures[compared].change;
}

/* The services with this difference: "different: go -10 %, rust +3.0 %". Returns how many. */
static size_t add_changed(struct text *out, const struct comparison *comparison, size_t run, enum compared compared,
                          enum difference difference)
{
    static const char *const leads[] = {
        [DIFFERENCE_NOT_KNOWN] = "not to be compared",
        [DIFFERENCE_NOT_SEEN] = "no difference seen",
        [DIFFERENCE_UNPROVEN] = "differs by, in too few trials for a claim",
        [DIFFERENCE_HERE] = "within these two runs",
        [DIFFERENCE_SEEN] = "different",
    };
    size_t count = 0;

    for (size_t i = 0; i < comparison->backend_count; i++) {
        const struct change *change = change_of(&comparison->backends[i], run, compared);
        if (change == NULL || change->difference != difference) {
            continue;
        }
        if (count == 0) {
            text_format(out, "%s: ", leads[difference]);
        }
        figures_separate(out, count, ", ");
        text_add(out, comparison->backends[i].name);
        if (difference != DIFFERENCE_NOT_SEEN && difference != DIFFERENCE_NOT_KNOWN) {
            text_add(out, " ");
            comparison_words_ratio(out, change->ratio);
        }
        count++;
    }
    return count;
}

void comparison_conclusion_change(struct text *out, const struct comparison *comparison, size_t run,
                                  enum compared compared)
{
    static const char *const words[COMPARED_COUNT] = {
        [COMPARED_CAPACITY] = "capacity",
        [COMPARED_RELATIVE] = "capacity to the reference service of the same machine",
        [COMPARED_CPU] = "CPU time a request",
        [COMPARED_MEMORY] = "memory",
        [COMPARED_P99] = "p99",
    };
    static const enum difference differences[] = {DIFFERENCE_SEEN, DIFFERENCE_HERE, DIFFERENCE_UNPROVEN,
                                                  DIFFERENCE_NOT_SEEN, DIFFERENCE_NOT_KNOWN};
    size_t count = 0;

    text_format(out, "%s against A, %s:", comparison_words_letter(run), words[compared]);
    for (size_t i = 0; i < sizeof differences / sizeof differences[0]; i++) {
        struct text changed = {0};
        if (add_changed(&changed, comparison, run, compared, differences[i]) > 0) {
            text_add(out, count == 0 ? " " : "; ");
            text_add(out, changed.data);
            count++;
        }
        text_release(&changed);
    }
    text_add(out, count == 0 ? " no service is in both." : ".");
}

/* --- one service ------------------------------------------------------------------------------------------------- */

static const struct step_finding *first_break(const struct comparison *comparison,
                                              const struct compared_backend *backend)
{
    for (size_t run = 0; run < comparison->run_count; run++) {
        const struct step_finding *step = comparison_first_break(backend->sides[run].finding);
        if (step != NULL) {
            return step;
        }
    }
    return NULL;
}

static void add_cause(struct text *out, const struct comparison *comparison, const struct compared_backend *backend)
{
    const struct step_finding *step = first_break(comparison, backend);

    if (!backend->cause_same) {
        text_add(out, "; the cause is not the same");
    } else if (step != NULL && reason_cause(step) != NULL) {
        text_format(out, "; the cause is the same: %s", reason_cause(step));
    }
}

void comparison_conclusion_backend(struct text *out, const struct comparison *comparison,
                                   const struct compared_backend *backend)
{
    static const char *const words[] = {
        [AGREEMENT_SAME] = "its limits break in the same order in ",
        [AGREEMENT_FIRST] = "the same limit breaks first, and others after it, in ",
        [AGREEMENT_NONE] = "another limit breaks first in ",
    };

    text_format(out, "%s: ", backend->name);
    if (backend->judged == 0) {
        text_add(out, "no run says anything of it");
    } else if (backend->judged == 1) {
        text_add(out, "only one run says anything of it");
    } else if (backend->order == AGREEMENT_NOT_KNOWN) {
        text_add(out, "fewer than two runs saw it break");
    } else {
        text_add(out, words[backend->order]);
        add_letters(out, comparison, backend);
        add_cause(out, comparison, backend);
    }
    text_add(out, ".");
}

/* --- how sure ---------------------------------------------------------------------------------------------------- */

/* The fewest runs of a side. */
static size_t fewest_runs(const struct comparison *comparison)
{
    size_t fewest = comparison->runs[0].more_count;

    for (size_t run = 1; run < comparison->run_count; run++) {
        if (comparison->runs[run].more_count < fewest) {
            fewest = comparison->runs[run].more_count;
        }
    }
    return fewest + 1;
}

void comparison_conclusion_trials(struct text *out, const struct comparison *comparison)
{
    if (comparison->paired) {
        text_add(out, "The services ran in one run, interleaved, with the same requests at the same moments, and are "
                      "compared block by block. \"Different\" is what the run's own report calls so: of twenty runs of "
                      "equal services at most one claims anything at all. Six blocks (--trials 6) tell a tenth apart.");
        return;
    }
    if (comparison->repeated) {
        text_format(
            out,
            "\"Different\" is said by whole runs, of which each side has %zu or more: of twenty such comparisons "
            "of equal services at most one claims anything at all.",
            fewest_runs(comparison));
        return;
    }
    text_add(out,
             "One run a side: nothing here is called different, since two runs of one and the same service differ "
             "too, by more than their trials do, and by how much is not known from them. Several runs of each side "
             "show it: twofold compare A1.jsonl,A2.jsonl,A3.jsonl B1.jsonl,B2.jsonl,B3.jsonl. Or run both versions "
             "as two backends of one run: twofold compare RUN.jsonl:one RUN.jsonl:other.");
}
