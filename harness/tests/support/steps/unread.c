#include "unread.h"

#include "record/reading/sample_json.h"
#include "step_builder.h"

#include <stdlib.h>

/* Through JSON, which leaves nothing of what is absent. */
static void clear(struct step_record *record)
{
    json_t *columns = sample_json_columns(record->samples, record->sample_count);

    free(record->samples);
    record->samples = NULL;
    if (sample_json_read_columns(columns, &record->samples, &record->sample_count, NULL) != 0) {
        abort();
    }
    json_decref(columns);
}

void unread_always(struct step_record *record, uint64_t parts)
{
    for (size_t i = 0; i < record->sample_count; i++) {
        record->samples[i].absent |= parts;
    }
    clear(record);
}

void unread_between(struct step_record *record, uint64_t parts, size_t every)
{
    for (size_t i = 0; i < record->sample_count; i++) {
        if (i % every != BUILT_FIRST_SAMPLE % every) {
            record->samples[i].absent |= parts;
        }
    }
    clear(record);
}
