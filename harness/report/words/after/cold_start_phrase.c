#include "report/words/after/cold_start_phrase.h"

#include "report/words/figures.h"

void cold_start_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct cold_start *cold_start = &backend->cold_start;

    if (!cold_start->cold) {
        return;
    }
    text_add(out, " A request took ");
    figures_time(out, (uint64_t)cold_start->cold_cpu_ns);
    text_format(out, " of CPU in the first step%s (", backend->record->attached == NULL ? " of the fresh process" : "");
    figures_level(out, &findings->scenario, cold_start->first->level);
    text_add(out, "), and ");
    figures_time(out, (uint64_t)cold_start->warm_cpu_ns);
    text_format(out, " under the same load after the ladder: %.1f times as much while it was cold.", cold_start->ratio);
}
