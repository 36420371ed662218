#include "record/profile/profile_record.h"

#include "record/fields.h"

#include <stdlib.h>

static const struct field profile_fields[] = {
    FIELD(profile_record, backend),      FIELD(profile_record, trial),
    FIELD(profile_record, level),        FIELD(profile_record, broke),
    FIELD(profile_record, samples),      FIELD_RARE(profile_record, stacks),
    FIELD_RARE(profile_record, missing), FIELD_END,
};

void profile_record_release(struct profile_record *record)
{
    free(record->backend);
    free(record->stacks);
    free(record->missing);
    *record = (struct profile_record){0};
}

json_t *profile_record_json(const struct profile_record *record)
{
    return fields_json(profile_fields, record);
}

int profile_record_read(struct profile_record *record, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", NULL};
    return fields_read_object(json, profile_fields, more, record, err);
}
