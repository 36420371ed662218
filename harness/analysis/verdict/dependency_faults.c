#include "analysis/verdict/dependency_faults.h"

#include <stddef.h>
#include <string.h>

static enum dependency_fault *of(struct dependency_faults *faults, const struct dependency_load *load)
{
    return strcmp(load->name, DEPENDENCY_POSTGRESQL) == 0 ? &faults->database : &faults->upstream;
}

void dependency_faults_find(const struct step_record *step, struct dependency_faults *ret_faults)
{
    *ret_faults = (struct dependency_faults){0};
    for (size_t i = 0; i < step->dependency_count; i++) {
        *of(ret_faults, &step->dependencies[i]) = step->dependencies[i].fault;
    }
}

void dependency_faults_find_mended(const struct step_record *step, struct dependency_faults *ret_faults)
{
    *ret_faults = (struct dependency_faults){0};
    for (size_t i = 0; i < step->dependency_count; i++) {
        *of(ret_faults, &step->dependencies[i]) = step->dependencies[i].mended;
    }
}

bool dependency_faults_any(const struct dependency_faults *faults)
{
    return faults->upstream != DEPENDENCY_WELL || faults->database != DEPENDENCY_WELL;
}

void dependency_faults_add(struct dependency_faults *faults, const struct dependency_faults *other)
{
    if (faults->upstream == DEPENDENCY_WELL) {
        faults->upstream = other->upstream;
    }
    if (faults->database == DEPENDENCY_WELL) {
        faults->database = other->database;
    }
}

static void add_fault(struct text *out, enum dependency_fault fault, const char *name)
{
    static const char *const words[DEPENDENCY_FAULT_COUNT] = {
        [DEPENDENCY_ENDED] = "its %s was gone",
        [DEPENDENCY_STOPPED] = "its %s was stopped",
        [DEPENDENCY_SILENT] = "its %s did not respond",
        [DEPENDENCY_CUT] = "the connection to its %s was cut",
        [DEPENDENCY_FULL] = "the disk of its %s was full",
    };
    const char *place = strstr(words[fault], "%s");

    text_append(out, words[fault], (size_t)(place - words[fault]));
    text_format(out, "%s%s", name, place + strlen("%s"));
}

void dependency_faults_phrase(struct text *out, const struct dependency_faults *faults)
{
    if (faults->upstream != DEPENDENCY_WELL) {
        add_fault(out, faults->upstream, "upstream");
    }
    if (faults->upstream != DEPENDENCY_WELL && faults->database != DEPENDENCY_WELL) {
        text_add(out, " and ");
    }
    if (faults->database != DEPENDENCY_WELL) {
        add_fault(out, faults->database, "PostgreSQL");
    }
}
