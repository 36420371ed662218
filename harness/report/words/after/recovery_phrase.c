#include "report/words/after/recovery_phrase.h"

#include "report/words/breach.h"
#include "report/words/figures.h"
#include "report/words/reason.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes; memory that grew by less is not worth a sentence. */
#define GROWN_LEAST (UINT64_C(1) << 20)

/* "41 MiB of the 96 MiB it had grown by was still held after 5.0 s", which is no leak: collectors and allocators give
 * back in their own time; where both would read the same, "all 96 MiB …". Nothing when it hardly grew. */
static void add_held(struct text *out, const struct recovery_finding *recovery)
{
    uint64_t idle = recovery->idle_bytes, highest = recovery->highest_bytes, held = recovery->held_bytes;
    struct text kept = {0}, grown = {0};

    if (idle == 0 || held == 0 || highest < idle + GROWN_LEAST) {
        return;
    }
    figures_size(&grown, highest - idle);
    if (held > idle) {
        figures_size(&kept, held - idle);
    }
    if (held <= idle) {
        text_add(out, "none of the ");
    } else if (held >= highest || strcmp(kept.data, grown.data) == 0) {
        text_add(out, "all ");
    } else {
        text_format(out, "%s of the ", kept.data);
    }
    text_format(out, "%s it had grown by was still held after ", grown.data);
    figures_time(out, recovery->within_ns);
    text_release(&kept);
    text_release(&grown);
}

void recovery_phrase_time(struct text *out, const struct recovery_finding *recovery, const char *before,
                          const char *before_not)
{
    if (recovery->recovered) {
        text_add(out, before);
        text_add(out, recovery->again ? "at most " : "");
        figures_time(out, recovery->after_ns);
    } else {
        text_add(out, before_not);
        figures_time(out, recovery->within_ns);
    }
}

static void add_measured(struct text *out, const struct backend_finding *backend)
{
    struct text held = {0};

    add_held(&held, &backend->recovery);
    if (backend->first_break != NULL) {
        text_add(out, " After the load dropped it ");
        recovery_phrase_time(out, &backend->recovery, "recovered within ", "did not recover within ");
        if (held.length > 0) {
            text_format(out, "; %s", held.data);
        }
        text_add(out, ".");
    } else if (held.length > 0) {
        text_format(out, " After the load dropped %s.", held.data);
    }
    text_release(&held);
}

void recovery_phrase(struct text *out, const struct backend_finding *backend)
{
    const struct recovery_finding *recovery = &backend->recovery;

    if (recovery->record == NULL) {
        if (recovery->died) {
            text_add(out, " How it recovers was not measured: its process had ended.");
        }
    } else if (recovery->died) {
        text_add(out, " After the load dropped it did not recover: its process ended, ");
        breach_death(out, recovery->record);
        text_add(out, ".");
    } else if (recovery->invalid) {
        text_add(out, " How it recovers is not known");
        reason_invalid_in_brackets(out, &recovery->verdict);
        text_add(out, ".");
    } else {
        add_measured(out, backend);
    }
}
