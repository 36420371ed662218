#include "report/words/wrong_start_phrase.h"

#include "analysis/verdict/wrong_responses.h"
#include "record/words/wrong_response_phrase.h"
#include "report/words/figures.h"

static void add_how_many(struct text *out, const struct backend_finding *backend)
{
    if (backend->nothing_right) {
        text_add(out, " answered every request");
    } else {
        text_add(out, " gave a wrong answer to ");
        figures_share(out, wrong_responses_share(&backend->wrong_from_start->record->load.tally));
        text_add(out, " of the requests");
    }
}

void wrong_start_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *step = backend->wrong_from_start;

    if (step == NULL) {
        return;
    }
    text_add(out, backend->record->name);
    add_how_many(out, backend);
    text_add(out, " at its lowest load, ");
    figures_level(out, &findings->scenario, step->record->level);
    text_add(out, backend->nothing_right ? ", wrongly" : "");
    if (step->record->load.first_wrong != NULL) {
        text_add(out, " (");
        wrong_response_phrase(out, step->record->load.first_wrong);
        text_add(out, ")");
    }
    text_add(out, backend->nothing_right ? ": nothing of it was measured." : ".");
}
