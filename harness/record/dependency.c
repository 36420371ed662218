#include "record/dependency.h"

#include <stdlib.h>

const char *dependency_fault_name(enum dependency_fault fault)
{
    static const char *const names[DEPENDENCY_FAULT_COUNT] = {
        [DEPENDENCY_WELL] = "well",     [DEPENDENCY_ENDED] = "ended", [DEPENDENCY_STOPPED] = "stopped",
        [DEPENDENCY_SILENT] = "silent", [DEPENDENCY_CUT] = "cut",     [DEPENDENCY_FULL] = "full",
    };
    return names[fault];
}

void dependency_record_release(struct dependency_record *record)
{
    free(record->name);
    free(record->version);
    free(record->settings);
    free(record->cores);
    *record = (struct dependency_record){0};
}

void dependency_load_drop_readings(struct dependency_load *load)
{
    free(load->samples);
    free(load->calls);
    free(load->sessions);
    load->samples = NULL;
    load->calls = NULL;
    load->sessions = NULL;
    load->sample_count = load->call_count = load->session_count = 0;
}

void dependency_load_release(struct dependency_load *load)
{
    dependency_load_drop_readings(load);
    free(load->name);
    *load = (struct dependency_load){0};
}

void audit_record_release(struct audit_record *record)
{
    for (size_t i = 0; i < record->count; i++) {
        free(record->counts[i].name);
    }
    free(record->counts);
    free(record->not_counted);
    free(record->backend);
    *record = (struct audit_record){0};
}
