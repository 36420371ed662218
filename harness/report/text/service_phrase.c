#include "report/text/service_phrase.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

void service_phrase_stack(struct text *out, const struct backend_record *record)
{
    bool tuned = backend_record_is_tuned(record);
    const char *told[] = {record->language, record->framework, tuned ? record->class : NULL};
    size_t count = 0;

    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        if (told[i] != NULL) {
            text_format(out, "%s%s", count++ > 0 ? ", " : " (", told[i]);
        }
    }
    text_add(out, count > 0 ? ")" : "");
}

void service_phrase_verified(struct text *out, const struct backend_record *record)
{
    if (record->skipped != NULL || record->verified == NULL || backend_record_is_sample(record)) {
        return;
    }
    if (strcmp(record->verified, "ready") == 0) {
        text_add(out, ", whose responses nothing verified");
    } else {
        bool own = strcmp(record->verified, "verifier") == 0;
        text_format(out, ", verified by its %s%s", own ? "own " : "", record->verified);
    }
}
